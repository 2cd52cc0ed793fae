using Xunit;

namespace Gateway.IntegrationTests.Bootstrap;

public sealed class BootstrapTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", new[] { "Re: Plan", "Other", "Plan" })]
    [InlineData("?collapseThreads=true", new[] { "Re: Plan", "Other" })]
    public async Task One_answer_shows_the_inbox(string query, string[] subjects)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverAsync("From: a@example.test\nSubject: Plan\nMessage-ID: <plan@example.test>\n\nText\n", Ct);
        await user.DeliverAsync("From: a@example.test\nSubject: Other\n\nText\n", Ct);
        await user.DeliverAsync("From: a@example.test\nSubject: Re: Plan\nIn-Reply-To: <plan@example.test>\n\nText\n", Ct);
        await user.SendAsync(HttpMethod.Put, "settings", new { values = new { theme = "dark" } }, Ct);

        var answer = (await user.GetAsync($"bootstrap{query}", Ct)).Json;

        Assert.Equal(user.Address, answer.GetProperty("account").GetProperty("email").GetString());
        Assert.Equal(("inbox", 3, 3), (answer.GetProperty("mailboxes")[0].GetProperty("role").GetString(), answer.GetProperty("mailboxes")[0].GetProperty("total").GetInt32(), answer.GetProperty("mailboxes")[0].GetProperty("unread").GetInt32()));
        Assert.Equal(subjects, answer.GetProperty("inbox").GetProperty("items").EnumerateArray().Select(m => m.GetProperty("subject").GetString()));
        Assert.Equal("dark", answer.GetProperty("settings").GetProperty("values").GetProperty("theme").GetString());
        Assert.StartsWith(user.Account, answer.GetProperty("eventCursor").GetString(), StringComparison.Ordinal);
    }
}
