using Gateway.TestKit.Servers;
using Xunit;

namespace Gateway.IntegrationTests.Accounts;

public sealed class AddAccountTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_whose_servers_accept_the_password_is_stored_without_showing_it()
    {
        var user = servers.Mail.NewUser();

        var answer = await AddAsync(ServedUser.Request(servers, user));

        Assert.Equal(201, (int)answer.Status);
        Assert.Equal(user, answer.Json.GetProperty("email").GetString());
        Assert.DoesNotContain(MailServers.Password, System.Text.Encoding.UTF8.GetString(answer.Bytes), StringComparison.Ordinal);
        Assert.True(await IsStoredAsync(user));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_nothing_is_stored()
    {
        var user = servers.Mail.NewUser();

        var answer = await AddAsync(ServedUser.Request(servers, user, password: "wrong"));

        Assert.Equal((401, "bad-credentials"), answer.Problem);
        Assert.False(await IsStoredAsync(user));
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_unreachable()
    {
        var user = servers.Mail.NewUser();

        var answer = await AddAsync(ServedUser.Request(servers, user, port: LoopbackPorts.Take(1)[0]));

        Assert.Equal((502, "mail-server-unreachable"), answer.Problem);
        Assert.False(await IsStoredAsync(user));
    }

    [Fact]
    public async Task A_port_without_tls_fails_when_tls_is_wanted()
    {
        var user = servers.Mail.NewUser();

        var answer = await AddAsync(ServedUser.Request(servers, user, port: servers.Mail.Ports.Imap));

        Assert.Equal((502, "tls-failed"), answer.Problem);
        Assert.False(await IsStoredAsync(user));
    }

    [Fact]
    public async Task A_private_address_the_operator_does_not_allow_is_refused()
    {
        var user = servers.Mail.NewUser();

        var answer = await AddAsync(ServedUser.Request(servers, user, host: "10.0.0.1"));

        Assert.Equal((422, "address-refused"), answer.Problem);
        Assert.False(await IsStoredAsync(user));
    }

    [Fact]
    public async Task A_deleted_account_serves_nothing_any_more()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Last\n\nText\n", Ct);
        var inbox = await user.MailboxIdAsync("inbox", Ct);

        var deleted = await Answer.SendAsync(servers.Http, HttpMethod.Delete, $"/v1/accounts/{user.Account}", null, Ct);

        Assert.Equal(204, (int)deleted.Status);
        foreach (var path in new[] { "mailboxes", $"messages?mailbox={inbox}", $"messages/{id}", $"messages/{id}/raw", $"messages/{id}/attachments/1" })
        {
            Assert.Equal((404, "account-not-found"), (await user.GetAsync(path, Ct)).Problem);
        }

        Assert.False(await IsStoredAsync(user.Address));
    }

    private Task<Answer> AddAsync(object request) => Answer.SendAsync(servers.Http, HttpMethod.Post, "/v1/accounts", request, Ct);

    private async Task<bool> IsStoredAsync(string user)
    {
        string? cursor = null;
        do
        {
            var page = (await Answer.SendAsync(servers.Http, HttpMethod.Get, $"/v1/accounts?limit=200{cursor}", null, Ct)).Json;
            if (page.GetProperty("items").EnumerateArray().Any(a => a.GetProperty("email").GetString() == user)) { return true; }

            cursor = page.TryGetProperty("nextCursor", out var next) ? $"&cursor={Uri.EscapeDataString(next.GetString()!)}" : null;
        }
        while (cursor is not null);

        return false;
    }
}
