using Gateway.Mail.Faults;
using Gateway.TestKit;

namespace Gateway.Mail.Tests.Imap;

public sealed class SignInTests
{
    [Fact]
    public async Task A_refused_password_is_not_tried_again_until_the_credentials_change()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Password = "another";

        for (var i = 0; i < 3; i++) { Assert.Equal(MailFault.BadCredentials, (await FailAsync(engine)).Fault); }

        Assert.Equal(1, engine.ImapServer.Logins);
        engine.Settings = engine.Settings with { Password = "another", CredentialsVersion = 2 };
        await engine.CountAsync();
        Assert.Equal(2, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task Requests_at_the_same_time_try_a_wrong_password_once()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Password = "another";

        var faults = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => FailAsync(engine)));

        Assert.All(faults, fault => Assert.Equal(MailFault.BadCredentials, fault.Fault));
        Assert.Equal(1, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_refused_password_is_reported_with_the_words_of_the_server()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.On("AUTHENTICATE", (session, command) => session.NoAsync(command, "[AUTHENTICATIONFAILED] Nope."));

        await FailAsync(engine);

        var (fault, detail) = Assert.Single(engine.Directory.Reports);
        Assert.Equal(MailFault.BadCredentials, fault);
        Assert.Contains("Nope.", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[UNAVAILABLE] Later.")]
    [InlineData("[LIMIT] Enough.")]
    [InlineData("Too many simultaneous connections.")]
    [InlineData("Maximum number of connections from user+IP exceeded")]
    [InlineData("[THROTTLED] Slow down.")]
    [InlineData("Temporary authentication failure.")]
    public async Task A_server_that_is_too_busy_is_not_mistaken_for_a_wrong_password(string words)
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Once("AUTHENTICATE", (session, command) => session.NoAsync(command, words));

        Assert.Equal(MailFault.Throttled, (await FailAsync(engine)).Fault);

        await engine.CountAsync();
    }

    [Fact]
    public async Task Too_many_connections_lowers_the_budget_and_waits_for_a_session_we_have()
    {
        await using var engine = Engine.WithImap();
        var leases = new[] { await engine.LeaseAsync(), await engine.LeaseAsync() };
        engine.ImapServer.On("AUTHENTICATE", (session, command) => session.NoAsync(command, "[LIMIT] Too many connections."));
        var waiting = new[] { engine.LeaseAsync().AsTask(), engine.LeaseAsync().AsTask() };
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 2 && engine.ImapServer.Count("AUTHENTICATE") >= 3, Engine.Ct);

        await leases[0].DisposeAsync();
        await leases[1].DisposeAsync();

        foreach (var lease in await Task.WhenAll(waiting)) { await lease.DisposeAsync(); }

        Assert.Equal(2, engine.ImapServer.Logins);
        Assert.InRange(engine.ImapServer.Count("AUTHENTICATE"), 3, 4);
    }

    [Fact]
    public async Task A_lowered_budget_is_remembered()
    {
        await using var engine = Engine.WithImap();
        var leases = new[] { await engine.LeaseAsync(), await engine.LeaseAsync() };
        engine.ImapServer.Once("AUTHENTICATE", (session, command) => session.NoAsync(command, "[LIMIT] Too many connections."));
        var third = engine.LeaseAsync().AsTask();
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 2 && engine.ImapServer.Count("AUTHENTICATE") == 3, Engine.Ct);

        await leases[0].DisposeAsync();
        await (await third).DisposeAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => engine.CountAsync()));

        Assert.Equal(3, engine.ImapServer.Count("AUTHENTICATE"));
        await leases[1].DisposeAsync();
    }

    [Fact]
    public async Task Only_one_mechanism_is_tried()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Capabilities += " AUTH=LOGIN AUTH=CRAM-MD5";
        engine.ImapServer.Password = "another";

        await FailAsync(engine);

        Assert.Equal(1, engine.ImapServer.Count("AUTHENTICATE"));
        Assert.Equal(0, engine.ImapServer.Count("LOGIN"));
    }

    [Fact]
    public async Task A_server_without_SASL_is_signed_in_to_by_LOGIN()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Capabilities = "IMAP4rev1 IDLE";

        await engine.CountAsync();

        Assert.Equal(1, engine.ImapServer.Count("LOGIN"));
    }

    [Fact]
    public async Task PREAUTH_is_refused()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Greeting = "* PREAUTH Welcome, whoever you are.";

        Assert.Equal(MailFault.Protocol, (await FailAsync(engine)).Fault);
    }

    [Fact]
    public async Task BYE_as_a_greeting_is_no_session()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Greeting = "* BYE Too many connections.";

        Assert.Equal(MailFault.Throttled, (await FailAsync(engine)).Fault);
    }

    [Theory]
    [InlineData("BYE Too many of you.")]
    [InlineData("OK")]
    [InlineData("")]
    public async Task A_sign_in_answered_with_anything_else_is_no_session_and_no_wrong_password(string words)
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Once("AUTHENTICATE", async (session, command) =>
        {
            await session.WriteLineAsync($"{command.Tag} {words}");
            session.Connection.Drop();
        });

        try { await engine.CountAsync(); }
        catch (MailException refused) { Assert.NotEqual(MailFault.BadCredentials, refused.Fault); }

        Assert.Equal(0, await engine.CountAsync()); // and the next try is not kept from trying
    }

    [Fact]
    public async Task A_server_that_says_nothing_times_out()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Greeting = "* OK still";
        engine.ImapServer.On("CAPABILITY", (_, _) => Task.CompletedTask);
        var failing = FailAsync(engine);
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Count("CAPABILITY") == 1, Engine.Ct);

        engine.Clock.Advance(engine.ImapOptions.OpenTimeout);

        Assert.Equal(MailFault.TimedOut, (await failing).Fault);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_told_apart()
    {
        await using var engine = Engine.WithImap();
        engine.Directory.Accounts.Clear();

        Assert.Equal(MailFault.AccountGone, (await FailAsync(engine)).Fault);
    }

    [Fact]
    public async Task An_account_without_an_IMAP_server_is_told_apart()
    {
        await using var engine = Engine.WithImap();
        engine.Settings = engine.Settings with { Imap = null };

        Assert.Equal(MailFault.NotConfigured, (await FailAsync(engine)).Fault);
    }

    [Fact]
    public async Task Verifying_signs_in_and_out_and_leaves_nothing_open()
    {
        await using var engine = Engine.WithImap();

        await engine.Imap.VerifyAsync(engine.Settings, Engine.Ct);

        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 0, Engine.Ct);
        Assert.Equal(1, engine.ImapServer.Count("LOGOUT"));
    }

    [Fact]
    public async Task Verifying_tells_why_it_did_not_work()
    {
        await using var engine = Engine.WithImap();

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.Imap.VerifyAsync(engine.Settings with { Password = "wrong" }, Engine.Ct));

        Assert.Equal(MailFault.BadCredentials, fault.Fault);
    }

    private static Task<MailException> FailAsync(Engine engine) => Assert.ThrowsAsync<MailException>(() => engine.LeaseAsync().AsTask());
}
