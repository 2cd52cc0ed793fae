using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class ConditionalTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mailboxes")]
    [InlineData("messages?mailbox={mailbox}")]
    [InlineData("messages?q=hello")]
    [InlineData("messages/{message}")]
    [InlineData("submissions")]
    [InlineData("")]
    public async Task What_the_caller_has_already_is_not_sent_again(string path)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var message = await user.DeliverAndFindAsync("Subject: hello\n\nHello\n", Ct);
        path = path.Replace("{mailbox}", await user.MailboxIdAsync("inbox", Ct), StringComparison.Ordinal).Replace("{message}", message, StringComparison.Ordinal);
        var whole = $"/v1/accounts/{user.Account}/{path}".TrimEnd('/');
        using var first = await servers.Http.GetAsync(new Uri(whole, UriKind.Relative), Ct);

        using var same = await SendAsync(HttpMethod.Get, whole, "If-None-Match", first.Headers.ETag!.ToString());
        using var other = await SendAsync(HttpMethod.Get, whole, "If-None-Match", "\"another\"");

        Assert.False(first.Headers.ETag.IsWeak);
        Assert.Equal((HttpStatusCode.NotModified, 0), (same.StatusCode, (await same.Content.ReadAsByteArrayAsync(Ct)).Length));
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await other.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_changed_list_and_message_have_another_tag()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var message = await user.DeliverAndFindAsync("Subject: hello\n\nHello\n", Ct);
        var list = $"/v1/accounts/{user.Account}/messages?mailbox={await user.MailboxIdAsync("inbox", Ct)}";
        var one = $"/v1/accounts/{user.Account}/messages/{message}";
        var before = (List: await TagAsync(list), One: await TagAsync(one));

        await user.SendAsync(HttpMethod.Patch, $"messages/{message}", new { flags = new { add = new[] { "flagged" } } }, Ct);

        Assert.NotEqual(before.List, await TagAsync(list));
        Assert.NotEqual(before.One, await TagAsync(one));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_write_that_names_an_older_state_changes_nothing(string method)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var message = await user.DeliverAndFindAsync("Subject: hello\n\nHello\n", Ct);
        var one = $"/v1/accounts/{user.Account}/messages/{message}";
        var stale = await TagAsync(one);
        await user.SendAsync(HttpMethod.Patch, $"messages/{message}", new { flags = new { add = new[] { "flagged" } } }, Ct);

        using var refused = await SendAsync(new(method), one, "If-Match", stale);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("precondition-failed", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var row = Assert.Single(await user.ListAsync("inbox", Ct));
        Assert.Equal(["flagged"], row.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));

        using var done = await SendAsync(new(method), one, "If-Match", await TagAsync(one));
        Assert.True(done.IsSuccessStatusCode);
    }

    private async Task<string> TagAsync(string path)
    {
        using var answer = await servers.Http.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return answer.EnsureSuccessStatusCode().Headers.ETag!.ToString();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Patch ? JsonContent.Create(new { flags = new { add = new[] { "seen" } } }) : null };
        request.Headers.TryAddWithoutValidation(header, value);
        return await servers.Http.SendAsync(request, Ct);
    }
}
