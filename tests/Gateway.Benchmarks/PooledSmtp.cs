using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Smtp;
using Gateway.TestKit.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Gateway.Benchmarks;

/// <summary>The engine's SMTP pool alone: what a mail costs from the hand-over to the server's 250.</summary>
internal sealed class PooledSmtp : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SmtpPool _pool;

    public PooledSmtp(MailServers mail, IReadOnlyList<BenchAccount> accounts)
    {
        var settings = new Dictionary<string, string?> { ["Gateway:Egress:Allow:0"] = "127.0.0.0/8", ["Gateway:Tls:ExtraRoots"] = mail.ExtraRoots };
        _services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<IAccountDirectory>(new Directory(mail, accounts)).AddMail().BuildServiceProvider();
        _pool = _services.GetRequiredService<SmtpPool>();
    }

    public async Task SendAsync(BenchAccount account, string recipient, string text, CancellationToken ct)
    {
        using var message = new MimeMessage { Subject = "Benchmark", Body = new TextPart("plain") { Text = text } };
        message.From.Add(new MailboxAddress("", account.Email));
        message.To.Add(new MailboxAddress("", recipient));
        var outcome = await _pool.SubmitAsync(AccountId.Parse(account.Id, null), new(account.Email, [recipient], message), _ => Task.CompletedTask, ct);
        if (outcome.Result != SubmissionResult.Accepted) { throw new InvalidOperationException(outcome.Reply); }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Directory(MailServers mail, IReadOnlyList<BenchAccount> accounts) : IAccountDirectory
    {
        public ValueTask<MailAccount?> FindAsync(AccountId account, CancellationToken ct) => new(new MailAccount(
            account, null, new("127.0.0.1", mail.Ports.Smtp, MailSecurity.StartTls), accounts.Single(a => a.Id == account.ToString()).Email, MailServers.Password, 1));

        public ValueTask ReportAsync(AccountId account, MailFault? fault, string? detail, CancellationToken ct) => default;
    }
}
