using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.TestKit.Servers;
using Xunit;

namespace Gateway.IntegrationTests.Accounts;

public sealed class SessionTests(RealServers servers)
{
    private static readonly Uri SessionPath = new("/v1/session", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webmail_user_signs_in_reads_writes_with_the_token_and_signs_out()
    {
        using var browser = new HttpClient { BaseAddress = servers.Gateway.Address };
        var address = servers.Mail.NewUser("web");
        await servers.Mail.DeliverAsync(address, "Subject: Hello\r\n\r\nText\r\n", Ct);

        var session = await SignInAsync(browser, address);
        var mailboxes = await browser.GetFromJsonAsync<JsonElement>("/v1/accounts/me/mailboxes", Ct);
        var inbox = mailboxes.GetProperty("items")[0].GetProperty("id").GetString();
        var list = await browser.GetFromJsonAsync<JsonElement>($"/v1/accounts/me/messages?mailbox={inbox}", Ct);
        var message = new Uri($"/v1/accounts/me/messages/{list.GetProperty("items")[0].GetProperty("id").GetString()}", UriKind.Relative);

        using var withoutToken = await browser.DeleteAsync(message, Ct);
        browser.DefaultRequestHeaders.Add("X-Antiforgery-Token", session.GetProperty("antiforgeryToken").GetString());
        using var withToken = await browser.DeleteAsync(message, Ct);
        using var signedOut = await browser.DeleteAsync(SessionPath, Ct);
        using var after = await browser.GetAsync(SessionPath, Ct);

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized),
            (withoutToken.StatusCode, withToken.StatusCode, signedOut.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = servers.Gateway.Address };

        using var answer = await browser.PostAsJsonAsync("/v1/session", Request(servers.Mail.NewUser()), Ct);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_session_reaches_its_own_account_only()
    {
        var other = await TestAccount.AddAsync(servers);
        using var browser = new HttpClient { BaseAddress = servers.Gateway.Address };
        await SignInAsync(browser, servers.Mail.NewUser());

        using var answer = await browser.GetAsync(new Uri($"/v1/accounts/{other.Id}/mailboxes", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_same_mailbox_signed_in_twice_is_one_account_and_all_sessions_end_together()
    {
        var address = servers.Mail.NewUser();
        using var first = new HttpClient { BaseAddress = servers.Gateway.Address };
        using var second = new HttpClient { BaseAddress = servers.Gateway.Address };
        var one = await SignInAsync(first, address);
        var two = await SignInAsync(second, address);

        first.DefaultRequestHeaders.Add("X-Antiforgery-Token", one.GetProperty("antiforgeryToken").GetString());
        using var signedOut = await first.DeleteAsync(new Uri("/v1/session?all=true", UriKind.Relative), Ct);
        using var after = await second.GetAsync(SessionPath, Ct);

        Assert.Equal(one.GetProperty("account").GetProperty("id").GetString(), two.GetProperty("account").GetProperty("id").GetString());
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Unauthorized), (signedOut.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_wrong_password_opens_no_session()
    {
        using var browser = new HttpClient { BaseAddress = servers.Gateway.Address };

        using var answer = await browser.PostAsJsonAsync("/v1/session", Request(servers.Mail.NewUser(), "wrong"), Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_second_mailbox_joins_the_session_once_its_own_password_is_proved()
    {
        var (address, second) = (servers.Mail.NewUser(), servers.Mail.NewUser());
        await servers.Mail.DeliverAsync(second, "Subject: In the second\r\n\r\nText\r\n", Ct);
        using var browser = new HttpClient { BaseAddress = servers.Gateway.Address };
        var session = await SignInAsync(browser, address);
        browser.DefaultRequestHeaders.Add("X-Antiforgery-Token", session.GetProperty("antiforgeryToken").GetString());

        using var wrong = await browser.PostAsJsonAsync("/v1/session/accounts", Request(second, "wrong"), Ct);
        using var right = await browser.PostAsJsonAsync("/v1/session/accounts", Request(second), Ct);
        var added = (await right.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString();
        var inbox = await browser.GetFromJsonAsync<JsonElement>($"/v1/accounts/{added}/messages?role=inbox", Ct);
        var me = await browser.GetFromJsonAsync<JsonElement>("/v1/accounts/me", Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (wrong.StatusCode, right.StatusCode));
        Assert.Equal("In the second", inbox.GetProperty("items")[0].GetProperty("subject").GetString());
        Assert.Equal(address, me.GetProperty("email").GetString());
    }

    private object Request(string email, string password = MailServers.Password) => new
    {
        email, password,
        imap = new { host = "127.0.0.1", port = servers.Mail.Ports.Imaps, security = "tls" },
        smtp = new { host = "127.0.0.1", port = servers.Mail.Ports.Smtp, security = "startTls" },
    };

    private async Task<JsonElement> SignInAsync(HttpClient browser, string address)
    {
        using var answer = await browser.PostAsJsonAsync("/v1/session", Request(address), Ct);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
