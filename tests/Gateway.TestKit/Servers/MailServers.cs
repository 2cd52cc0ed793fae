using System.Net.Security;
using System.Text;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Gateway.TestKit.Servers;

/// <summary>A Dovecot and a Postfix of this run alone, on free loopback ports, with every user there and each with the same password.</summary>
/// <remarks>Safe to share between tests that run at once: each makes its own <see cref="NewUser"/>. Dispose it to stop both and delete the mail.</remarks>
public sealed class MailServers : IAsyncDisposable
{
    public const string Password = "secret";

    private const int Attempts = 3;
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "servers", "mailserver.sh");
    private readonly TestRoot _trust;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private int _users;

    private MailServers(string root, MailServerPorts ports, IReadOnlyDictionary<string, string> settings) =>
        (Root, Ports, _settings, _trust) = (root, ports, settings, new TestRoot(Path.Combine(root, "tls", "ca.pem")));

    /// <summary>Folder of the configuration, the mail and the logs (<c>log/dovecot.log</c>, <c>log/postfix.log</c>).</summary>
    public string Root { get; }

    public MailServerPorts Ports { get; }

    /// <summary>PEM file with the root that signed the servers' certificate: goes into <c>Gateway:Tls:ExtraRoots</c>.</summary>
    public string ExtraRoots => Path.Combine(Root, "tls", "ca.pem");

    /// <summary>Accepts the servers' certificate and no other.</summary>
    public RemoteCertificateValidationCallback Trust => _trust.Trusts;

    /// <summary>Starts both servers; fails with the server's own words when one is missing or will not start.</summary>
    /// <param name="settings">Variables of <c>mailserver.sh</c> to set, e.g. <c>MAX_USERIP</c>.</param>
    public static async Task<MailServers> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var servers = new MailServers(RunFolder.Create("mail"), MailServerPorts.Free(), settings);
            try
            {
                await servers.StartAgainAsync(ct);
                return servers;
            }
            catch (InvalidOperationException) when (attempt < Attempts) // somebody took a port between our look and the bind
            {
                await servers.DisposeAsync();
            }
        }
    }

    /// <summary>An address nobody has used yet.</summary>
    public string NewUser(string name = "user") => $"{name}{Interlocked.Increment(ref _users)}@example.test";

    /// <summary>Puts a mail into the user's inbox; it is there when this returns.</summary>
    public Task DeliverAsync(string address, string raw, CancellationToken ct) => DeliverAsync(address, Encoding.UTF8.GetBytes(raw), ct);

    /// <inheritdoc cref="DeliverAsync(string, string, CancellationToken)"/>
    public Task DeliverAsync(string address, byte[] raw, CancellationToken ct) => LmtpDelivery.DeliverAsync(Ports.Lmtp, address, raw, ct);

    /// <summary>Sends a mail as any client would; it arrives a moment later.</summary>
    public async Task SubmitAsync(string sender, MimeMessage mail, CancellationToken ct)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = Trust };
        await client.ConnectAsync("127.0.0.1", Ports.Smtp, SecureSocketOptions.StartTls, ct);
        await client.AuthenticateAsync(sender, Password, ct);
        await client.SendAsync(mail, ct);
        await client.DisconnectAsync(true, ct);
    }

    /// <summary>A signed-in client to look at the user's mail without Gateway.</summary>
    public async Task<ImapClient> ImapAsync(string user, CancellationToken ct)
    {
        var client = new ImapClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = Trust };
        await client.ConnectAsync("127.0.0.1", Ports.Imaps, SecureSocketOptions.SslOnConnect, ct);
        await client.AuthenticateAsync(user, Password, ct);
        return client;
    }

    /// <summary>Ends both servers. Their ports and the mail stay.</summary>
    public Task StopAsync(CancellationToken ct) => RunAsync("stop", ct);

    /// <summary>Starts both servers where they were.</summary>
    public Task StartAgainAsync(CancellationToken ct) => RunAsync("start", ct);

    public async ValueTask DisposeAsync() => await RunAsync("remove", CancellationToken.None);

    private Task<string> RunAsync(string verb, CancellationToken ct)
    {
        var environment = Ports.ToEnvironment();
        environment["ROOT"] = Root;
        environment["PASSWORD"] = Password;
        foreach (var (name, value) in _settings) { environment[name] = value; }

        return Tool.RunAsync("bash", [Script, verb], environment, ct);
    }
}
