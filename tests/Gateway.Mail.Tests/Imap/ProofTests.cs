using Gateway.Mail.Faults;

namespace Gateway.Mail.Tests.Imap;

/// <summary>The NOOP that proves a session before it is lent again.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task One_NOOP_both_proves_a_session_and_brings_its_mailbox_up_to_date()
    {
        await using var engine = Engine.WithImap();
        await engine.CountAsync();
        engine.ImapServer.Inbox.Add("New");

        engine.Clock.Advance(engine.ImapOptions.ProveAfter + TimeSpan.FromSeconds(1));
        var count = await engine.CountAsync();

        Assert.Equal(1, count);
        Assert.Equal(1, engine.ImapServer.Count("NOOP"));
    }

    [Theory]
    [InlineData("NO Not now.")]
    [InlineData("BAD What?")]
    public async Task A_server_that_refuses_NOOP_does_not_cost_the_account_its_sessions(string answer)
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        engine.ImapServer.On("NOOP", (session, command) => session.WriteLineAsync($"{command.Tag} {answer}"));

        for (var i = 0; i < 3; i++) { await engine.CountAsync(); }

        Assert.Equal(3, engine.ImapServer.Logins);
    }

    [Theory]
    [InlineData("* 999 EXPUNGE")]
    [InlineData("* 4294967295 EXISTS")]
    [InlineData("* 1 FETCH (FLAGS (\\Seen)")]
    [InlineData("rubbish")]
    public async Task A_server_that_answers_rubbish_does_not_cost_the_account_its_sessions(string rubbish)
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        engine.ImapServer.Inbox.Add("Hello");
        await engine.CountAsync();
        engine.ImapServer.Once("NOOP", async (session, command) =>
        {
            await session.WriteLineAsync(rubbish);
            await session.OkAsync(command);
        });

        await using (await engine.LeaseAsync()) { }

        await using (await engine.LeaseAsync()) { }
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_down_leaves_no_session_behind()
    {
        await using var engine = Engine.WithImap();
        engine.Directory.Reporting = () => throw new IOException("disk full");

        for (var i = 0; i < 8; i++) { await Assert.ThrowsAsync<MailException>(() => engine.CountAsync()); }

        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 0, Engine.Ct);
    }
}
