using Gateway.Mail.Faults;
using Gateway.Mail.Smtp;
using Gateway.TestKit;
using MimeKit;

namespace Gateway.Mail.Tests.Smtp;

public sealed class SmtpPoolTests
{
    [Fact]
    public async Task The_session_is_kept_open_for_the_next_mail()
    {
        await using var engine = Engine.WithSmtp();

        await SendAsync(engine);
        await SendAsync(engine);

        Assert.Equal(2, engine.SmtpServer.Mails.Count);
        Assert.Equal(1, engine.SmtpServer.Logins);
        Assert.Equal(1, engine.SmtpServer.Count("EHLO"));
    }

    [Fact]
    public async Task A_mail_goes_to_its_SMTP_envelope_whatever_its_header_says()
    {
        await using var engine = Engine.WithSmtp();

        await SendAsync(engine, "ann@example.org", "hidden@example.net");

        var mail = Assert.Single(engine.SmtpServer.Mails);
        Assert.Equal("bob@example.org", mail.Sender);
        Assert.Equal(["ann@example.org", "hidden@example.net"], mail.Recipients);
        Assert.DoesNotContain("hidden@example.net", mail.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_closed_after_its_share_of_mails()
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpOptions.MaxMailsPerSession = 2;

        for (var i = 0; i < 5; i++) { await SendAsync(engine); }

        Assert.Equal(3, engine.SmtpServer.Logins);
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Open == 1, Engine.Ct);
    }

    [Fact]
    public async Task An_idle_session_is_closed()
    {
        await using var engine = Engine.WithSmtp();
        await SendAsync(engine);

        engine.Clock.Advance(engine.SmtpOptions.CloseAfter);

        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Open == 0, Engine.Ct);
    }

    [Fact]
    public async Task A_session_that_died_meanwhile_is_replaced_silently()
    {
        await using var engine = Engine.WithSmtp();
        await SendAsync(engine);
        foreach (var session in engine.SmtpServer.Sessions) { session.Connection.Drop(); }

        var outcome = await SendAsync(engine);

        Assert.Equal(SubmissionResult.Accepted, outcome.Result);
        Assert.Equal(2, engine.SmtpServer.Logins);
    }

    [Fact]
    public async Task A_session_that_hangs_meanwhile_is_replaced_after_the_proof_deadline()
    {
        await using var engine = Engine.WithSmtp();
        await SendAsync(engine);
        foreach (var session in engine.SmtpServer.Sessions) { session.Connection.Freeze(); }

        engine.Clock.Advance(TimeSpan.FromSeconds(1)); // one that answered just now is not asked
        var sending = SendAsync(engine);
        await engine.Clock.UntilTimerAsync(TimeSpan.FromSeconds(5), 1, Engine.Ct);
        engine.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(SubmissionResult.Accepted, (await sending).Result);
        Assert.Equal(2, engine.SmtpServer.Logins);
    }

    [Fact]
    public async Task A_session_the_server_has_ended_with_421_is_replaced_silently()
    {
        await using var engine = Engine.WithSmtp();
        await SendAsync(engine);
        engine.Clock.Advance(TimeSpan.FromSeconds(1));
        engine.SmtpServer.On("NOOP", async (session, _) =>
        {
            await session.ReplyAsync("421 4.4.2 Too long idle");
            session.Connection.Drop();
        });

        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
    }

    [Fact]
    public async Task A_session_the_server_ends_before_the_next_mail_is_replaced_silently()
    {
        await using var engine = Engine.WithSmtp();
        await SendAsync(engine);
        engine.SmtpServer.On("MAIL", async (session, _) =>
        {
            engine.SmtpServer.Happily("MAIL");
            await session.ReplyAsync("421 4.7.0 Enough for one session");
            session.Connection.Drop();
        });

        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
        Assert.Equal(2, engine.SmtpServer.Logins);
        Assert.Equal(2, engine.SmtpServer.Mails.Count);
    }

    [Fact]
    public async Task A_mail_refused_with_421_on_a_fresh_session_is_not_tried_again_at_once()
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpServer.Reply("MAIL", "421 4.7.0 Not now");

        Assert.Equal(SubmissionResult.TemporaryFailure, (await SendAsync(engine)).Result);
        Assert.Equal(1, engine.SmtpServer.Count("MAIL"));
    }

    [Fact]
    public async Task An_idle_session_of_another_account_gives_way_at_a_host_that_is_full()
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpOptions.MaxSessionsPerHost = 1;
        await SendAsync(engine);

        var other = AccountId.New(engine.Clock);
        engine.Directory.Accounts[other] = engine.Settings with { Id = other };
        var outcome = await engine.Smtp.SubmitAsync(other, Mail(), _ => Task.CompletedTask, Engine.Ct);

        Assert.Equal(SubmissionResult.Accepted, outcome.Result);
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Open == 1, Engine.Ct);
    }

    [Fact]
    public async Task Mails_at_the_same_time_use_no_more_sessions_than_allowed()
    {
        await using var engine = Engine.WithSmtp();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SendAsync(engine)));

        Assert.Equal(30, engine.SmtpServer.Mails.Count);
        Assert.InRange(engine.SmtpServer.MaxOpen, 1, engine.SmtpOptions.MaxSessionsPerAccount);
    }

    [Fact]
    public async Task Forgotten_sessions_are_closed()
    {
        await using var engine = Engine.WithSmtp();
        await SendAsync(engine);

        await engine.Smtp.ForgetAsync(engine.Account);

        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Open == 0, Engine.Ct);
    }

    [Fact]
    public async Task A_refused_password_is_not_tried_again_until_the_credentials_change()
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpServer.Password = "another";

        var faults = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Assert.ThrowsAsync<MailException>(() => SendAsync(engine))));

        Assert.All(faults, fault => Assert.Equal(MailFault.BadCredentials, fault.Fault));
        Assert.Equal(1, engine.SmtpServer.Logins);
        engine.Settings = engine.Settings with { Password = "another", CredentialsVersion = 2 };
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
    }

    [Theory]
    [InlineData("454 4.7.0 Temporary authentication failure")]
    [InlineData("421 4.7.0 Too many connections")]
    [InlineData("432 4.7.12 A password transition is needed")]
    public async Task A_server_that_is_too_busy_is_not_mistaken_for_a_wrong_password(string reply)
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpServer.Reply("AUTH", reply);

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(engine));

        Assert.Equal(MailFault.Throttled, fault.Fault);
        engine.SmtpServer.Happily("AUTH");
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
    }

    [Theory]
    [InlineData("421 4.3.2 Too many connections", MailFault.Throttled)]
    [InlineData("554 5.7.1 Go away", MailFault.Rejected)]
    public async Task A_greeting_that_is_a_refusal_is_told(string greeting, MailFault expected)
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpServer.Greeting = greeting;

        Assert.Equal(expected, (await Assert.ThrowsAsync<MailException>(() => SendAsync(engine))).Fault);
    }

    [Fact]
    public async Task A_server_whose_ways_to_sign_in_we_do_not_use_is_not_sent_to_unsigned()
    {
        await using var engine = Engine.WithSmtp();
        engine.SmtpServer.Extensions = ["AUTH NTLM CRAM-MD5"];

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.Smtp.VerifyAsync(engine.Settings, Engine.Ct));

        Assert.Equal(MailFault.Rejected, fault.Fault);
    }

    [Fact]
    public async Task Verifying_signs_in_and_leaves_nothing_open()
    {
        await using var engine = Engine.WithSmtp();

        await engine.Smtp.VerifyAsync(engine.Settings, Engine.Ct);

        Assert.Equal(1, engine.SmtpServer.Logins);
        await engine.SmtpServer.UntilAsync(() => engine.SmtpServer.Open == 0, Engine.Ct);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_neither_password_nor_mail()
    {
        await using var engine = Engine.WithSmtp(security: MailSecurity.StartTls);

        Assert.Equal(MailFault.Tls, (await Assert.ThrowsAsync<MailException>(() => SendAsync(engine))).Fault);
        Assert.Equal(0, engine.SmtpServer.Logins);
    }

    [Fact]
    public async Task STARTTLS_secures_the_sign_in()
    {
        using var certificate = ScriptedCertificate.For("mail.example.org");
        await using var engine = Engine.WithSmtp(new() { Certificate = certificate }, MailSecurity.StartTls, "mail.example.org");
        engine.SmtpServer.Extensions = ["STARTTLS", "AUTH PLAIN"];
        engine.Tls.ExtraRoots = certificate.RootFile;

        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine)).Result);
        Assert.Equal(2, engine.SmtpServer.Count("EHLO"));
    }

    internal static SubmissionMail Mail(params string[] recipients)
    {
        var message = new MimeMessage { Subject = "Hello", Body = new TextPart("plain") { Text = "Hello\n.\nbye\n" } };
        message.From.Add(new MailboxAddress("Bob", "bob@example.org"));
        message.To.Add(new MailboxAddress("Ann", "ann@example.org"));
        return new("bob@example.org", recipients.Length > 0 ? recipients : ["ann@example.org"], message);
    }

    private static Task<SubmissionOutcome> SendAsync(Engine engine, params string[] recipients) =>
        engine.Smtp.SubmitAsync(engine.Account, Mail(recipients), _ => Task.CompletedTask, Engine.Ct);
}
