using Gateway.Mail;
using Gateway.TestKit;

namespace Gateway.Tests.Submissions;

/// <summary>What a submission becomes when a server refuses it at any stage, in the server's words, and that it goes out once when the server is well again.</summary>
public sealed class SmtpFaultTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    /// <summary>421 holds the whole host back and has a test of its own. Refusals for the moment, and those of a server that talks to nobody: the mail waits. Refusals of this mail for good: it has failed.</summary>
    private static readonly (string Stage, string Reply, string State)[] Refusals =
    [
        ("greeting", "554 5.7.1 Nobody here", "queued"),
        ("EHLO", "550 5.7.1 Not that name", "queued"),
        ("AUTH", "454 4.7.0 Later", "queued"),
        ("MAIL", "451 4.3.0 Later", "queued"),
        ("MAIL", "550 5.7.1 Not you", "failed"),
        ("RCPT", "452 4.2.2 Full", "queued"),
        ("RCPT", "550 5.1.1 Nobody", "failed"),
        ("DATA", "451 4.3.0 Later", "queued"),
        ("DATA", "554 5.6.0 Never", "failed"),
        (".", "452 4.3.1 Disk full", "queued"),
        (".", "554 5.7.1 Spam", "failed"),
    ];

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_refusal_at_any_stage_is_told_in_the_servers_words_and_mended_by_itself()
    {
        var rows = new List<Row>();
        foreach (var (stage, reply, state) in Refusals) { rows.Add(await SubmitAsync(stage, reply, state)); }

        var well = await _gateway.AddAccountAsync("well@example.test");
        var refused = await Task.WhenAll(rows.Select(row => _gateway.ReachedAsync(row.Account, row.Submission, row.State)));
        await _gateway.ReachedAsync(well, await _gateway.SubmitAsync(well, "bob@example.test"), "sent");

        Assert.All(rows.Zip(refused), pair => Assert.Contains(pair.First.Words, (string?)pair.Second["attempts"]![0]!["reply"], StringComparison.Ordinal));
        foreach (var row in rows) { row.Heal(); }

        await _gateway.ReachDueTimeAsync(refused.First(submission => submission["sendAt"] is not null));
        var waited = rows.Where(row => row.State == "queued").ToList();
        await Task.WhenAll(waited.Select(row => _gateway.ReachedAsync(row.Account, row.Submission, "sent", attempts: 2)));

        Assert.All(rows, row => Assert.Equal(row.State == "queued" ? 1 : 0, row.Server.Mails.Count));
        foreach (var row in rows) { await row.Server.DisposeAsync(); }
    }

    [Theory]
    [InlineData("greeting")]
    [InlineData("EHLO")]
    [InlineData("AUTH")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task A_server_that_has_no_time_at_any_stage_is_left_alone_and_gets_the_mail_when_the_hold_is_over(string stage)
    {
        var row = await SubmitAsync(stage, "421 4.3.2 Shutting down", "queued");
        var refused = await _gateway.ReachedAsync(row.Account, row.Submission, row.State);
        row.Heal();
        var before = row.Server.Accepted;

        var other = await _gateway.SubmitAsync(row.Account, "carol@example.test");
        var held = await _gateway.WaitsAsync(row.Account, other);
        var (arrived, connected) = (row.Server.Mails.Count, row.Server.Accepted - before);
        await _gateway.ReachDueTimeAsync(held);
        await _gateway.ReachedAsync(row.Account, row.Submission, "sent", attempts: 2);
        await _gateway.ReachedAsync(row.Account, other, "sent");

        Assert.Contains(row.Words, (string?)refused["attempts"]![0]!["reply"], StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (held["attempts"]!.AsArray().Count, arrived, connected));
        Assert.Equal(2, row.Server.Mails.Count);
        await row.Server.DisposeAsync();
    }

    private async Task<Row> SubmitAsync(string stage, string reply, string state)
    {
        var server = new ScriptedSmtpServer();
        string[] commands = stage == "greeting" ? [] : stage == "EHLO" ? ["EHLO", "HELO"] : [stage];
        if (stage == "greeting") { server.Greeting = reply; }

        foreach (var command in commands) { server.Reply(command, reply); }

        var account = await _gateway.AddAccountAsync($"a{server.Port}@example.test", server.Port);
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        return new(account, id, state, reply[4..], server, () =>
        {
            server.Greeting = "220 scripted ESMTP";
            foreach (var command in commands) { server.Happily(command); }
        });
    }

    private sealed record Row(AccountId Account, string Submission, string State, string Words, ScriptedSmtpServer Server, Action Heal);
}
