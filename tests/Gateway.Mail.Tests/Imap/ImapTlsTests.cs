using Gateway.Mail.Faults;
using Gateway.TestKit;

namespace Gateway.Mail.Tests.Imap;

public sealed class ImapTlsTests
{
    [Fact]
    public async Task An_unknown_root_is_refused()
    {
        using var certificate = ScriptedCertificate.For("mail.example.org");
        await using var engine = Engine.WithImap(new() { Certificate = certificate, ImplicitTls = true }, MailSecurity.Tls, "mail.example.org");

        Assert.Equal(MailFault.Tls, (await FailAsync(engine)).Fault);
        Assert.Empty(engine.ImapServer.Commands);
    }

    [Fact]
    public async Task A_root_of_the_operator_is_accepted()
    {
        using var certificate = ScriptedCertificate.For("mail.example.org");
        await using var engine = Engine.WithImap(new() { Certificate = certificate, ImplicitTls = true }, MailSecurity.Tls, "mail.example.org");
        engine.Tls.ExtraRoots = certificate.RootFile;

        Assert.Equal(0, await engine.CountAsync());
    }

    [Fact]
    public async Task A_wrong_name_is_refused_even_under_a_root_of_the_operator()
    {
        using var certificate = ScriptedCertificate.For("another.example.org");
        await using var engine = Engine.WithImap(new() { Certificate = certificate, ImplicitTls = true }, MailSecurity.Tls, "mail.example.org");
        engine.Tls.ExtraRoots = certificate.RootFile;

        Assert.Equal(MailFault.Tls, (await FailAsync(engine)).Fault);
    }

    [Fact]
    public async Task STARTTLS_secures_the_sign_in()
    {
        using var certificate = ScriptedCertificate.For("mail.example.org");
        await using var engine = Engine.WithImap(new() { Certificate = certificate }, MailSecurity.StartTls, "mail.example.org");
        engine.ImapServer.Capabilities += " STARTTLS";
        engine.Tls.ExtraRoots = certificate.RootFile;

        await engine.CountAsync();

        Assert.Equal(1, engine.ImapServer.Count("STARTTLS"));
    }

    [Fact]
    public async Task What_was_smuggled_in_behind_STARTTLS_is_not_taken_for_the_servers_word()
    {
        using var certificate = ScriptedCertificate.For("mail.example.org");
        await using var engine = Engine.WithImap(new() { Certificate = certificate }, MailSecurity.StartTls, "mail.example.org");
        engine.ImapServer.Capabilities += " STARTTLS";
        engine.Tls.ExtraRoots = certificate.RootFile;
        engine.ImapServer.On("STARTTLS", async (session, command) =>
        {
            await session.WriteLineAsync($"{command.Tag} OK Begin.\r\n* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n* BYE Smuggled.");
            await session.Connection.StartTlsAsync(certificate.Leaf);
        });

        try { await engine.CountAsync(); }
        catch (MailException refused) { Assert.Contains(refused.Fault, new[] { MailFault.Tls, MailFault.Protocol }); }

        Assert.All(engine.ImapServer.Commands.Where(c => c.Name == "AUTHENTICATE"), c => Assert.StartsWith("PLAIN", c.Arguments, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handshake_that_is_never_answered_times_out()
    {
        using var certificate = ScriptedCertificate.For("mail.example.org");
        await using var engine = Engine.WithImap(new() { Certificate = certificate, ImplicitTls = true }, MailSecurity.Tls, "mail.example.org");
        engine.ImapServer.IgnoresHandshakes = true;
        var leasing = engine.LeaseAsync().AsTask();
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 1, Engine.Ct);

        await engine.PassAsync(engine.ImapOptions.OpenTimeout, () => leasing.IsCompleted);

        Assert.Equal(MailFault.TimedOut, (await Assert.ThrowsAsync<MailException>(() => leasing)).Fault);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_password()
    {
        await using var engine = Engine.WithImap(security: MailSecurity.StartTls);

        Assert.Equal(MailFault.Tls, (await FailAsync(engine)).Fault);
        Assert.Equal(0, engine.ImapServer.Logins);
    }

    [Theory]
    [InlineData("NO Not now.")]
    [InlineData("BAD What?")]
    public async Task A_refused_STARTTLS_gets_no_password(string answer)
    {
        await using var engine = Engine.WithImap(security: MailSecurity.StartTls);
        engine.ImapServer.Capabilities += " STARTTLS";
        engine.ImapServer.On("STARTTLS", (session, command) => session.WriteLineAsync($"{command.Tag} {answer}"));

        Assert.Equal(MailFault.Tls, (await FailAsync(engine)).Fault);
        Assert.Equal(0, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task PREAUTH_before_STARTTLS_is_refused()
    {
        await using var engine = Engine.WithImap(security: MailSecurity.StartTls);
        engine.ImapServer.Greeting = "* PREAUTH Welcome.";
        engine.ImapServer.Capabilities += " STARTTLS";

        Assert.Contains((await FailAsync(engine)).Fault, new[] { MailFault.Tls, MailFault.Protocol });
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_a_TLS_fault()
    {
        await using var engine = Engine.WithImap(security: MailSecurity.Tls);

        Assert.Equal(MailFault.Tls, (await FailAsync(engine)).Fault);
    }

    [Fact]
    public async Task Plaintext_is_refused_unless_the_operator_lists_the_host()
    {
        await using var engine = Engine.WithImap();
        engine.Tls.PlaintextHosts = [];

        Assert.Equal(MailFault.PlaintextRefused, (await FailAsync(engine)).Fault);
        Assert.Equal(0, engine.ImapServer.Accepted);
    }

    private static Task<MailException> FailAsync(Engine engine) => Assert.ThrowsAsync<MailException>(() => engine.LeaseAsync().AsTask());
}
