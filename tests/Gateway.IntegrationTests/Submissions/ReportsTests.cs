using System.Net;
using System.Text.Json;
using Gateway.IntegrationTests.Events;
using Xunit;

namespace Gateway.IntegrationTests.Submissions;

public sealed class ReportsTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bounce_is_shown_on_the_submission_it_is_about()
    {
        var (ann, bob) = (await TestAccount.AddAsync(servers), await TestAccount.AddAsync(servers));
        await using var events = await EventReader.OpenAsync(ann);

        var accepted = await ann.PostAsync("submissions", new
        {
            to = new[] { new { address = bob.Address }, new { address = "nobody@bounce.test" } }, subject = "Hello", text = "Hi",
        }, HttpStatusCode.Accepted);
        var bounce = (await events.NextAsync("bounce.received")).GetProperty("data");

        var id = accepted.GetProperty("id").GetString();
        Assert.Equal((id, "bounce", accepted.GetProperty("messageIdHeader").GetString()), (
            bounce.GetProperty("submissionId").GetString(), bounce.GetProperty("kind").GetString(), bounce.GetProperty("originalMessageIdHeader").GetString()));
        var told = Assert.Single(bounce.GetProperty("recipients").EnumerateArray());
        Assert.Equal(("nobody@bounce.test", "hard", "5.1.1"), (told.GetProperty("address").GetString(), told.GetProperty("class").GetString(), told.GetProperty("status").GetString()));
        Assert.Contains("no such user here", told.GetProperty("diagnostic").GetString(), StringComparison.Ordinal);
        var message = await ann.GetAsync($"messages/{bounce.GetProperty("messageId").GetString()}");
        Assert.Contains("Undelivered", message.GetProperty("subject").GetString(), StringComparison.Ordinal);

        var submission = await ann.GetAsync($"submissions/{id}");
        Assert.Equal("sent", submission.GetProperty("state").GetString());
        Assert.Equal([(bob.Address, "accepted"), ("nobody@bounce.test", "bounced")], submission.GetProperty("recipients").EnumerateArray().Select(Recipient));
        Assert.Single(submission.GetProperty("reports").EnumerateArray());
    }

    [Fact]
    public async Task An_automatic_reply_is_told_apart_from_one_by_a_person()
    {
        var (ann, bob) = (await TestAccount.AddAsync(servers), await TestAccount.AddAsync(servers));
        await using var events = await EventReader.OpenAsync(ann);
        var accepted = await ann.PostAsync("submissions", new { to = new[] { new { address = bob.Address } }, subject = "Lunch?", text = "Hi" }, HttpStatusCode.Accepted);
        await events.NextAsync("submission.state", s => s.GetProperty("state").GetString() == "sent");
        var about = $"From: {bob.Address}\r\nTo: {ann.Address}\r\nIn-Reply-To: <{accepted.GetProperty("messageIdHeader").GetString()}>\r\n";

        await ann.DeliverAsync($"{about}Subject: Re: Lunch?\r\nMessage-ID: <person@example.test>\r\n\r\nGladly.\r\n");
        await ann.DeliverAsync($"{about}Subject: Away until Monday\r\nAuto-Submitted: auto-replied (vacation)\r\nMessage-ID: <machine@example.test>\r\n\r\nI am away.\r\n");
        var report = (await events.NextAsync("report.received")).GetProperty("data");

        Assert.Equal(("auto-reply", "Away until Monday", bob.Address), (
            report.GetProperty("kind").GetString(), report.GetProperty("detail").GetString(), report.GetProperty("recipients")[0].GetProperty("address").GetString()));
        Assert.Single((await ann.GetAsync($"submissions/{accepted.GetProperty("id").GetString()}")).GetProperty("reports").EnumerateArray());
    }

    [Fact]
    public async Task A_bounce_that_came_while_nobody_watched_is_told_later()
    {
        await using var gateway = await TestKit.Servers.GatewayProcess.StartAsync(new() { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var ann = await TestAccount.AddAsync(http, servers.Mail);
        await using (var events = await EventReader.OpenAsync(ann))
        {
            await ann.PostAsync("submissions", new { to = new[] { new { address = ann.Address } }, subject = "Before", text = "Hi" }, HttpStatusCode.Accepted);
            await events.NextAsync("message.created");
        }

        var sent = (await ann.GetAsync("submissions")).GetProperty("items")[0];
        await gateway.KillAsync(Ct);
        await ann.DeliverAsync(
            $"From: MAILER-DAEMON@example.test\r\nReturn-Path: <>\r\nSubject: failure notice\r\nMessage-ID: <old@example.test>\r\n\r\nHi. This is the qmail-send program at example.test.\r\n"
            + $"I'm afraid I wasn't able to deliver your message to the following addresses.\r\n\r\n<{ann.Address}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
            + $"--- Below this line is a copy of the message.\r\n\r\nReceived: by here\r\nMessage-ID: <{sent.GetProperty("messageIdHeader").GetString()}>\r\nSubject: Before\r\n\r\nHi\r\n");
        await gateway.RestartAsync(Ct);

        JsonElement submission;
        await using var later = await EventReader.OpenAsync(ann);
        do { submission = await ann.GetAsync($"submissions/{sent.GetProperty("id").GetString()}"); }
        while (!submission.TryGetProperty("reports", out _) && await later.NextAsync("submission.state") is { });

        Assert.Equal((ann.Address, "bounced"), Recipient(submission.GetProperty("recipients")[0]));
        Assert.Equal("hard", submission.GetProperty("reports")[0].GetProperty("recipients")[0].GetProperty("class").GetString());
    }

    private static (string? Address, string? State) Recipient(JsonElement recipient) => (recipient.GetProperty("address").GetString(), recipient.GetProperty("state").GetString());
}
