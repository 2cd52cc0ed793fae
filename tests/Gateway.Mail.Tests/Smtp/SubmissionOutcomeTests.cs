using Gateway.Mail.Faults;
using Gateway.Mail.Smtp;
using Gateway.TestKit;
using MimeKit;

namespace Gateway.Mail.Tests.Smtp;

public sealed class SubmissionOutcomeTests
{
    private static readonly string[] Chunking = ["PIPELINING", "CHUNKING", "8BITMIME", "AUTH PLAIN"];
    private static readonly string[] Plain = ["AUTH PLAIN"];

    public static TheoryData<bool> WithAndWithoutChunking => new(false, true);

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task An_accepted_mail_has_the_reply_for_each_recipient(bool chunking)
    {
        await using var engine = Start(chunking);

        var outcome = await SendAsync(engine, "ann@example.org", "cid@example.org");

        Assert.Equal((SubmissionResult.Accepted, "250 2.0.0 Queued as 1", "2.0.0"), (outcome.Result, outcome.Reply, outcome.EnhancedStatus));
        Assert.All(outcome.Recipients, r => Assert.Equal(SubmissionResult.Accepted, r.Result));
        Assert.Contains("\r\n.\r\nbye", engine.SmtpServer.Mails.Single().Content.Replace("\r\n..\r\n", "\r\n.\r\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task A_refused_recipient_does_not_keep_the_mail_from_the_others(bool chunking)
    {
        await using var engine = Start(chunking);
        Refuse(engine, "nobody@example.org", "550 5.1.1 No such user");
        Refuse(engine, "full@example.org", "452 4.2.2 Mailbox full");

        var outcome = await SendAsync(engine, "nobody@example.org", "ann@example.org", "full@example.org");

        Assert.Equal(SubmissionResult.Accepted, outcome.Result);
        Assert.Equal(
            [
                new("nobody@example.org", SubmissionResult.PermanentFailure, "550 5.1.1 No such user", "5.1.1"),
                new("ann@example.org", SubmissionResult.Accepted, "250 2.0.0 Queued as 1", "2.0.0"),
                new("full@example.org", SubmissionResult.TemporaryFailure, "452 4.2.2 Mailbox full", "4.2.2"),
            ],
            outcome.Recipients);
        Assert.Equal(["ann@example.org"], engine.SmtpServer.Mails.Single().Recipients);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task When_all_recipients_are_refused_nothing_is_sent_and_the_session_stays(bool chunking)
    {
        await using var engine = Start(chunking);
        Refuse(engine, "nobody@example.org", "550 5.1.1 No such user");
        Refuse(engine, "never@example.org", "553 5.1.3 Bad address");

        var outcome = await SendAsync(engine, "nobody@example.org", "never@example.org");

        Assert.Equal((SubmissionResult.PermanentFailure, "550 5.1.1 No such user"), (outcome.Result, outcome.Reply));
        Assert.Equal("553 5.1.3 Bad address", outcome.Recipients[1].Reply);
        Assert.Empty(engine.SmtpServer.Mails);
        Assert.Equal(0, engine.SmtpServer.Count("DATA") + engine.SmtpServer.Count("BDAT"));
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine, "ann@example.org")).Result);
        Assert.Equal(1, engine.SmtpServer.Logins);
    }

    [Fact]
    public async Task When_all_are_refused_one_who_may_be_tried_again_decides()
    {
        await using var engine = Start(chunking: false);
        Refuse(engine, "nobody@example.org", "550 5.1.1 No such user");
        Refuse(engine, "full@example.org", "452 4.2.2 Mailbox full");

        var outcome = await SendAsync(engine, "nobody@example.org", "full@example.org");

        Assert.Equal((SubmissionResult.TemporaryFailure, "4.2.2"), (outcome.Result, outcome.EnhancedStatus));
        Assert.Equal(SubmissionResult.PermanentFailure, outcome.Recipients[0].Result);
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 Later", SubmissionResult.TemporaryFailure, false)]
    [InlineData("MAIL", "550 5.7.1 Not you", SubmissionResult.PermanentFailure, false)]
    [InlineData("MAIL", "451 4.3.0 Later", SubmissionResult.TemporaryFailure, true)]
    [InlineData("MAIL", "550 5.7.1 Not you", SubmissionResult.PermanentFailure, true)]
    [InlineData("DATA", "451 4.3.0 Later", SubmissionResult.TemporaryFailure, false)]
    [InlineData("DATA", "554 5.6.0 Never", SubmissionResult.PermanentFailure, false)]
    [InlineData(".", "452 4.3.1 Disk full", SubmissionResult.TemporaryFailure, false)]
    [InlineData(".", "554 5.7.1 Spam", SubmissionResult.PermanentFailure, false)]
    [InlineData("BDAT", "452 4.3.1 Disk full", SubmissionResult.TemporaryFailure, true)]
    [InlineData("BDAT", "554 5.7.1 Spam", SubmissionResult.PermanentFailure, true)]
    public async Task A_refusal_is_told_in_the_words_of_the_server_and_the_next_mail_goes_out(string stage, string reply, SubmissionResult expected, bool chunking)
    {
        await using var engine = Start(chunking);
        engine.SmtpServer.On(stage, async (session, arguments) =>
        {
            if (stage == "BDAT") { await session.ReadChunkAsync(arguments); }

            await session.ReplyAsync(reply);
        });

        var outcome = await SendAsync(engine, "ann@example.org");

        Assert.Equal((expected, reply, reply.Split(' ')[1]), (outcome.Result, outcome.Reply, outcome.EnhancedStatus));
        Assert.Equal(expected, Assert.Single(outcome.Recipients).Result);
        engine.SmtpServer.Happily(stage);
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine, "ann@example.org")).Result);
    }

    [Theory]
    [InlineData("MAIL", false)]
    [InlineData("RCPT", false)]
    [InlineData("DATA", false)]
    [InlineData("MAIL", true)]
    [InlineData("RCPT", true)]
    public async Task A_link_lost_before_the_mail_leaves_may_be_tried_again(string stage, bool chunking)
    {
        await using var engine = Start(chunking);
        engine.SmtpServer.On(stage, Drop);

        Assert.Equal(SubmissionResult.TemporaryFailure, (await SendAsync(engine, "ann@example.org")).Result);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task A_link_lost_in_the_middle_of_the_mail_may_be_tried_again(bool chunking)
    {
        await using var engine = Start(chunking);
        engine.SmtpServer.On(chunking ? "BDAT" : "DATA", async (session, _) =>
        {
            if (!chunking) { await session.ReplyAsync("354 Go on"); }

            await session.Connection.ReadAsync(1000);
            session.Connection.Drop();
        });
        var mail = SmtpPoolTests.Mail();
        // More than the sockets on both ends take in, so that its end cannot have left.
        ((TextPart)mail.Message.Body!).Text = string.Concat(Enumerable.Repeat("All work and no play makes Jack a dull boy.\n", 300_000));

        var outcome = await engine.Smtp.SubmitAsync(engine.Account, mail, _ => Task.CompletedTask, Engine.Ct);

        Assert.Equal(SubmissionResult.TemporaryFailure, outcome.Result);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task A_link_lost_after_the_whole_mail_left_is_unknown(bool chunking)
    {
        await using var engine = Start(chunking);
        engine.SmtpServer.On(chunking ? "BDAT" : ".", async (session, arguments) =>
        {
            if (chunking) { await session.ReadChunkAsync(arguments); }

            session.Connection.Drop();
        });

        var outcome = await SendAsync(engine, "ann@example.org");

        Assert.Equal(SubmissionResult.Unknown, outcome.Result);
        Assert.Equal(SubmissionResult.Unknown, Assert.Single(outcome.Recipients).Result);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task No_answer_after_the_whole_mail_left_is_unknown_and_the_session_given_up(bool chunking)
    {
        await using var engine = Start(chunking);
        engine.SmtpServer.On(chunking ? "BDAT" : ".", async (session, arguments) =>
        {
            if (chunking) { await session.ReadChunkAsync(arguments); }

            session.Connection.Freeze();
            await session.Connection.ReadLineAsync();
        });
        var sending = SendAsync(engine, "ann@example.org");
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Sessions.Any(s => s.Connection.IsFrozen), Engine.Ct);

        engine.Clock.Advance(engine.SmtpOptions.SendTimeout);

        Assert.Equal(SubmissionResult.Unknown, (await sending).Result);
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Open == 0, Engine.Ct);
    }

    [Theory]
    [InlineData("MAIL", false)]
    [InlineData("RCPT", false)]
    [InlineData("DATA", false)]
    [InlineData("MAIL", true)]
    public async Task No_answer_before_the_mail_could_leave_may_be_tried_again(string stage, bool chunking)
    {
        await using var engine = Engine.WithSmtp(new ScriptedSmtpServer { Extensions = chunking ? ["CHUNKING", "AUTH PLAIN"] : Plain });
        engine.SmtpServer.On(stage, (_, _) => Task.CompletedTask);
        var sending = SendAsync(engine, "ann@example.org");
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Count(stage) == 1, Engine.Ct);

        engine.Clock.Advance(engine.SmtpOptions.SendTimeout);

        Assert.Equal(SubmissionResult.TemporaryFailure, (await sending).Result);
    }

    [Fact]
    public async Task The_second_mail_of_a_session_is_judged_by_itself()
    {
        await using var engine = Start(chunking: false);
        await SendAsync(engine, "ann@example.org");
        engine.SmtpServer.On("DATA", Drop);

        Assert.Equal(SubmissionResult.TemporaryFailure, (await SendAsync(engine, "ann@example.org")).Result);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task The_hand_over_is_written_down_before_the_first_byte_of_the_mail(bool chunking)
    {
        await using var engine = Start(chunking);
        var before = new List<string>();

        await engine.Smtp.SubmitAsync(engine.Account, SmtpPoolTests.Mail(), _ =>
        {
            before.AddRange(engine.SmtpServer.Commands);
            return Task.CompletedTask;
        }, Engine.Ct);

        Assert.Contains(before, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.DoesNotContain(before, line => line.StartsWith("DATA", StringComparison.Ordinal) || line.StartsWith("BDAT", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task The_mail_itself_waits_until_the_hand_over_is_written_down(bool chunking)
    {
        await using var engine = Start(chunking);
        var (written, early) = (new TaskCompletionSource(), false);
        var data = chunking ? "BDAT" : "DATA";
        engine.SmtpServer.On(data, (session, arguments) =>
        {
            early |= !written.Task.IsCompleted;
            return session.AnswerAsync(data, arguments);
        });

        var sending = engine.Smtp.SubmitAsync(engine.Account, SmtpPoolTests.Mail(), _ => written.Task, Engine.Ct);
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Count(LastBefore(chunking)) == 1, Engine.Ct);
        written.SetResult();

        Assert.Equal(SubmissionResult.Accepted, (await sending).Result);
        Assert.False(early);
        Assert.Single(engine.SmtpServer.Mails);
    }

    [Fact]
    public async Task No_hand_over_is_written_down_when_no_session_can_be_had()
    {
        await using var engine = Start(chunking: false);
        engine.SmtpServer.Password = "another";
        var handedOver = false;

        await Assert.ThrowsAsync<MailException>(() => engine.Smtp.SubmitAsync(engine.Account, SmtpPoolTests.Mail(), _ =>
        {
            handedOver = true;
            return Task.CompletedTask;
        }, Engine.Ct));

        Assert.False(handedOver);
    }

    [Fact]
    public async Task When_the_hand_over_cannot_be_written_down_nothing_is_sent()
    {
        await using var engine = Start(chunking: false);

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Smtp.SubmitAsync(
            engine.Account, SmtpPoolTests.Mail(), _ => throw new InvalidOperationException("disk full"), Engine.Ct));

        Assert.Equal(0, engine.SmtpServer.Count("DATA"));
        Assert.Empty(engine.SmtpServer.Mails);
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine, "ann@example.org")).Result);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutChunking))]
    public async Task When_writing_the_hand_over_down_fails_late_the_link_is_given_up_before_the_mail(bool chunking)
    {
        await using var engine = Start(chunking);
        var written = new TaskCompletionSource();

        var sending = engine.Smtp.SubmitAsync(engine.Account, SmtpPoolTests.Mail(), _ => written.Task, Engine.Ct);
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Count(LastBefore(chunking)) == 1, Engine.Ct);
        written.SetException(new InvalidOperationException("disk full"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => sending);
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Open == 0, Engine.Ct);
        Assert.Empty(engine.SmtpServer.Mails);
    }

    /// <summary>The last command that leaves before the hand-over is written down; the server that does CHUNKING does PIPELINING as well.</summary>
    private static string LastBefore(bool chunking) => chunking ? "RCPT" : "MAIL";

    private static Engine Start(bool chunking) => Engine.WithSmtp(new ScriptedSmtpServer { Extensions = chunking ? Chunking : Plain });

    private static Task Drop(ScriptedSmtpSession session, string arguments)
    {
        session.Connection.Drop();
        return Task.CompletedTask;
    }

    private static void Refuse(Engine engine, string address, string reply)
    {
        var before = engine.SmtpServer.Answer("RCPT");
        engine.SmtpServer.On("RCPT", (session, arguments) => arguments.Contains(address, StringComparison.Ordinal) ? session.ReplyAsync(reply) : before(session, arguments));
    }

    private static Task<SubmissionOutcome> SendAsync(Engine engine, params string[] recipients) =>
        engine.Smtp.SubmitAsync(engine.Account, SmtpPoolTests.Mail(recipients), _ => Task.CompletedTask, Engine.Ct);
}
