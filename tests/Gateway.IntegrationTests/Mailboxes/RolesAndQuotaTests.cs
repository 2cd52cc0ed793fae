using System.Text.Json;
using Xunit;

namespace Gateway.IntegrationTests.Mailboxes;

public sealed class RolesAndQuotaTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_quota_tells_what_is_in_use()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverAsync($"Subject: Large\n\n{new string('x', 50_000)}\n", Ct);

        var quota = (await user.GetAsync("quota", Ct)).Json;

        Assert.True(quota.GetProperty("supported").GetBoolean());
        Assert.InRange(quota.GetProperty("usedBytes").GetInt64(), 50_000, 60_000);
        Assert.Equal(2L * 1024 * 1024 * 1024, quota.GetProperty("maxBytes").GetInt64());
    }

    [Fact]
    public async Task A_mailbox_tells_what_one_may_do_with_it()
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var rights = (await user.GetAsync($"mailboxes/{await user.MailboxIdAsync("inbox", Ct)}", Ct)).Json.GetProperty("rights").EnumerateArray().Select(r => r.GetString());

        Assert.Superset(new HashSet<string?> { "lookup", "read", "keep-seen", "write", "insert", "expunge" }, rights.ToHashSet());
    }

    [Fact]
    public async Task A_role_of_ones_own_choice_goes_before_the_servers_and_is_used()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var (old, mine) = (await user.MailboxIdAsync("trash", Ct), Id((await user.SendAsync(HttpMethod.Post, "mailboxes", new { name = "Bin of mine" }, Ct)).Json));

        var chosen = (await user.SendAsync(HttpMethod.Patch, $"mailboxes/{mine}", new { role = "trash" }, Ct)).Json;
        await user.DeliverSubjectsAsync(["Away"], Ct);
        await user.SendAsync(HttpMethod.Delete, $"messages/{Id((await user.ListAsync("inbox", Ct))[0])}", null, Ct);

        Assert.Equal(("trash", mine), (chosen.GetProperty("role").GetString(), await user.MailboxIdAsync("trash", Ct)));
        Assert.Equal(1, (await user.MailboxAsync("trash", Ct)).GetProperty("total").GetInt32());
        await user.SendAsync(HttpMethod.Patch, $"mailboxes/{mine}", new { serverRole = true }, Ct);
        Assert.Equal(old, await user.MailboxIdAsync("trash", Ct));
    }

    [Fact]
    public async Task A_role_whose_usual_mailbox_plays_another_gets_one_of_its_own()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.SendAsync(HttpMethod.Patch, $"mailboxes/{await user.MailboxIdAsync("drafts", Ct)}", new { role = "archive" }, Ct);

        var draft = await user.SendAsync(HttpMethod.Post, "drafts", new { subject = "x" }, Ct);

        Assert.Equal(201, (int)draft.Status);
        Assert.Equal(("Drafts 2", 1), ((await user.MailboxAsync("drafts", Ct)).GetProperty("name").GetString(), (await user.MailboxAsync("drafts", Ct)).GetProperty("total").GetInt32()));
    }

    [Theory]
    [InlineData("""{"role":"inbox"}""", 422, "validation-failed")]
    [InlineData("""{"role":"king"}""", 400, "malformed-request")]
    [InlineData("""{"role":"junk","serverRole":true}""", 422, "validation-failed")]
    public async Task What_makes_no_sense_is_refused(string body, int status, string code)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await user.SendAsync(HttpMethod.Patch, $"mailboxes/{await user.MailboxIdAsync("archive", Ct)}", JsonSerializer.Deserialize<JsonElement>(body), Ct);

        Assert.Equal((status, code), answer.Problem);
    }

    [Fact]
    public async Task The_inbox_keeps_its_role()
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        Assert.Equal((409, "mailbox-in-use"), (await user.SendAsync(HttpMethod.Patch, $"mailboxes/{await user.MailboxIdAsync("inbox", Ct)}", new { role = "junk" }, Ct)).Problem);
    }

    private static string Id(JsonElement of) => of.GetProperty("id").GetString()!;
}
