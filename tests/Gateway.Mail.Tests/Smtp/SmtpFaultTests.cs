using Gateway.Mail.Faults;
using Gateway.Mail.Smtp;
using Gateway.TestKit;
using Gateway.TestKit.Faults;

namespace Gateway.Mail.Tests.Smtp;

/// <summary>What goes wrong before a mail could leave, at every stage. The table in tests/README.md says where the rest is sprung.</summary>
public sealed class SmtpFaultTests
{
    private const string Silence = "";
    private const string Drop = "drop";

    [Fact]
    public async Task A_refused_connection_is_told_and_the_next_mail_goes_out_once_there_is_a_server()
    {
        await using var engine = Engine.WithSmtp();
        var there = engine.Settings;
        await using (var gone = new ScriptedSmtpServer()) { engine.Settings = there with { Smtp = there.Smtp! with { Port = gone.Port } }; }

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(engine));

        Assert.Equal(MailFault.Unreachable, fault.Fault);
        engine.Settings = there;
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
    }

    [Theory]
    [InlineData("greeting", "450 4.3.2 Not now", MailFault.Rejected)]
    [InlineData("greeting", Silence, MailFault.TimedOut)]
    [InlineData("EHLO", "421 4.3.2 Shutting down", MailFault.Throttled)]
    [InlineData("EHLO", "451 4.3.0 Later", MailFault.Rejected)]
    [InlineData("EHLO", "550 5.7.1 Not you", MailFault.Rejected)]
    [InlineData("EHLO", Drop, MailFault.Protocol)]
    [InlineData("EHLO", Silence, MailFault.TimedOut)]
    [InlineData("AUTH", Drop, MailFault.Protocol)]
    [InlineData("AUTH", Silence, MailFault.TimedOut)]
    public async Task What_fails_before_the_session_stands_is_told_and_nothing_has_left(string stage, string reply, MailFault expected)
    {
        await using var engine = Engine.WithSmtp();
        var waits = 0;
        var well = engine.SmtpServer.Greeting;
        if (stage == "greeting") { engine.SmtpServer.Greeting = reply == Silence ? "220-not all of it" : reply; }

        foreach (var command in stage == "greeting" ? [] : stage == "EHLO" ? new[] { "EHLO", "HELO" } : [stage])
        {
            engine.SmtpServer.On(command, async (session, _) =>
            {
                if (reply == Drop) { session.Connection.Drop(); }
                else if (reply != Silence) { await session.ReplyAsync(reply); }

                Interlocked.Increment(ref waits);
            });
        }

        var sending = SendAsync(engine);
        await engine.SmtpServer.UntilAsync(() => stage == "greeting" ? engine.SmtpServer.Open == 1 || sending.IsCompleted : Volatile.Read(ref waits) > 0, Engine.Ct);
        if (reply == Silence) { engine.Clock.Advance(engine.SmtpOptions.OpenTimeout); }

        var fault = await Assert.ThrowsAsync<MailException>(() => sending);

        Assert.Equal(expected, fault.Fault);
        Assert.Empty(engine.SmtpServer.Mails);
        engine.SmtpServer.Greeting = well;
        foreach (var command in new[] { "EHLO", "HELO", "AUTH" }) { engine.SmtpServer.Happily(command); }

        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
        Assert.Single(engine.SmtpServer.Mails);
    }

    [Theory]
    [InlineData(LinkEnd.Close)]
    [InlineData(LinkEnd.Reset)]
    public async Task A_link_lost_at_the_greeting_is_told_and_nothing_has_left(LinkEnd how)
    {
        await using var engine = Engine.WithSmtp();
        await using var proxy = new FaultProxy(engine.SmtpServer.Port);
        engine.Settings = engine.Settings with { Smtp = engine.Settings.Smtp! with { Port = proxy.Port } };
        var cut = proxy.BreakAt(Toward.Client, "220", how);

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(engine));

        await cut.WaitAsync(Engine.Ct); // the client may hear of it first
        Assert.True(fault.Fault is MailFault.Protocol or MailFault.Unreachable, $"{fault.Fault}"); // which of them depends on how much the system had taken in
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task A_server_that_shuts_down_in_the_middle_of_a_mail_may_be_tried_again(string stage)
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpServer.On(stage, async (session, _) =>
        {
            await session.ReplyAsync("421 4.3.2 Shutting down");
            session.Connection.Drop();
        });

        var outcome = await SendAsync(engine);

        Assert.Equal((SubmissionResult.TemporaryFailure, "421 4.3.2 Shutting down"), (outcome.Result, outcome.Reply));
        engine.SmtpServer.Happily(stage);
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
        Assert.Single(engine.SmtpServer.Mails);
    }

    private static Task<SubmissionOutcome> SendAsync(Engine engine) =>
        engine.Smtp.SubmitAsync(engine.Account, SmtpPoolTests.Mail(), _ => Task.CompletedTask, Engine.Ct);
}
