using System.Net;
using Gateway.Mail.Connecting;
using Gateway.Mail.Imap;
using Gateway.Mail.Smtp;
using Gateway.TestKit;
using MailKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Tests;

/// <summary>The engine with one account on scripted servers and a fake clock.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly Lazy<ImapPool> _imap;
    private readonly Lazy<SmtpPool> _smtp;

    public Engine()
    {
        _imap = new(() => new(NewImapConnector(), Directory, Options.Create(ImapOptions), Clock, NullLogger<ImapPool>.Instance));
        _smtp = new(() => new(NewSmtpConnector(), Directory, Options.Create(SmtpOptions), Clock, NullLogger<SmtpPool>.Instance));
        Directory.Accounts[Account] = new(Account, null, null, "bob@example.org", "secret", 1);
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public WatchedClock Clock { get; } = new();

    public ScriptedDirectory Directory { get; } = new();

    public AccountId Account { get; } = new(Guid.NewGuid());

    public ScriptedImapServer ImapServer { get; private set; } = null!;

    public ScriptedSmtpServer SmtpServer { get; private set; } = null!;

    public ImapPoolOptions ImapOptions { get; } = new();

    public SmtpPoolOptions SmtpOptions { get; } = new();

    public TlsOptions Tls { get; } = new() { PlaintextHosts = ["127.0.0.1"] };

    /// <summary>Who is where: everybody here.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; set; } = (_, _) => Task.FromResult(new[] { IPAddress.Loopback });

    public ImapPool Imap => _imap.Value;

    public SmtpPool Smtp => _smtp.Value;

    public MailAccount Settings
    {
        get => Directory.Accounts[Account];
        set => Directory.Accounts[Account] = value;
    }

    public static Engine WithImap(ScriptedImapServer? server = null, MailSecurity security = MailSecurity.None, string host = "127.0.0.1")
    {
        var engine = new Engine { ImapServer = server ?? new() };
        engine.Settings = engine.Settings with { Imap = new(host, engine.ImapServer.Port, security) };
        return engine;
    }

    public static Engine WithSmtp(ScriptedSmtpServer? server = null, MailSecurity security = MailSecurity.None, string host = "127.0.0.1")
    {
        var engine = new Engine { SmtpServer = server ?? new() };
        engine.Settings = engine.Settings with { Smtp = new(host, engine.SmtpServer.Port, security) };
        return engine;
    }

    public ValueTask<MailboxLease> LeaseAsync(string? path = "INBOX", Lane lane = Lane.Interactive, CancellationToken? ct = null) =>
        Imap.LeaseAsync(Account, path, FolderAccess.ReadOnly, lane, ct ?? Ct);

    public Task<int> CountAsync() => Imap.RunAsync(Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive, lease => Task.FromResult(lease.Folder.Count), Ct);

    /// <summary>Lets time pass in steps until the condition comes true; for waits whose number and length are not the test's business.</summary>
    public Task PassAsync(TimeSpan step, Func<bool> condition) => ImapServer.UntilAsync(() =>
    {
        Clock.Advance(step);
        return condition();
    }, Ct);

    public async ValueTask DisposeAsync()
    {
        if (_imap.IsValueCreated) { await _imap.Value.DisposeAsync(); }

        if (_smtp.IsValueCreated) { await _smtp.Value.DisposeAsync(); }

        if (ImapServer is not null) { await ImapServer.DisposeAsync(); }

        if (SmtpServer is not null) { await SmtpServer.DisposeAsync(); }
    }

    private GuardedConnector NewConnector() =>
        new(new(Options.Create(new EgressOptions { Allow = ["127.0.0.0/8"] })), Clock) { Resolve = Resolve };

    private ImapConnector NewImapConnector() => new(NewConnector(), new(Options.Create(Tls)), Options.Create(ImapOptions), Clock);

    private SmtpConnector NewSmtpConnector() => new(NewConnector(), new(Options.Create(Tls)), Options.Create(SmtpOptions), Clock);
}
