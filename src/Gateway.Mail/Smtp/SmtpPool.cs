using System.Collections.Concurrent;
using Gateway.Mail.Faults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Smtp;

/// <summary>Hands mails to the accounts' SMTP servers over kept-open submission sessions.</summary>
/// <remarks>Thread-safe. One for the process.</remarks>
public sealed partial class SmtpPool : IAsyncDisposable
{
    private static readonly TimeSpan ProofDeadline = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<AccountId, AccountSubmission> _accounts = new();
    private readonly SmtpConnector _connector;
    private readonly IAccountDirectory _directory;
    private readonly SmtpPoolOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SmtpPool> _logger;
    private readonly ITimer _closing;

    internal SmtpPool(
        SmtpConnector connector, IAccountDirectory directory, IOptions<SmtpPoolOptions> options, TimeProvider clock, ILogger<SmtpPool> logger)
    {
        (_connector, _directory, _options, _clock, _logger) = (connector, directory, options.Value, clock, logger);
        var every = _options.CloseAfter / 2;
        _closing = clock.CreateTimer(_ => CloseIdle(), null, every, every);
    }

    /// <summary>Sends one mail and tells what the server said for each recipient.</summary>
    /// <param name="handingOver">Awaited when a proved session is at hand and before the first byte of the mail: write down durably there that it may leave.</param>
    /// <exception cref="MailException">No session could be had; nothing was sent.</exception>
    public async Task<SubmissionOutcome> SubmitAsync(
        AccountId account, SubmissionMail mail, Func<CancellationToken, Task> handingOver, CancellationToken ct)
    {
        var submission = _accounts.GetOrAdd(account, _ => new(_options.MaxSessionsPerAccount));
        await submission.Leave.WaitAsync(ct);
        try
        {
            var session = await TakeAsync(account, submission, ct);
            try
            {
                await handingOver(ct);
                using var deadline = new CancellationTokenSource(_options.SendTimeout, _clock);
                // Not the caller's token: a mail that has begun to leave is seen through, or its outcome would be unknown.
                var outcome = await session.SendAsync(mail, deadline.Token);
                Log.Submitted(_logger, account, outcome.Result, outcome.Recipients.Count);
                return outcome;
            }
            finally { PutBack(account, submission, session); }
        }
        finally { submission.Leave.Release(); }
    }

    /// <summary>Signs in once with these settings, outside the pool.</summary>
    /// <exception cref="MailException">Why it did not work.</exception>
    public async Task VerifyAsync(MailAccount account, CancellationToken ct)
    {
        using var session = await _connector.OpenAsync(account, ct);
    }

    /// <summary>Gives up every session of the account: credentials changed, or it is gone.</summary>
    public ValueTask ForgetAsync(AccountId account)
    {
        if (_accounts.TryRemove(account, out var submission)) { submission.Close(since: null); }

        return default;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var submission in _accounts.Values) { submission.Close(since: null); }

        return _closing.DisposeAsync();
    }

    private async Task<SmtpSession> TakeAsync(AccountId account, AccountSubmission submission, CancellationToken ct)
    {
        while (submission.Take() is { } kept)
        {
            using var deadline = new CancellationTokenSource(ProofDeadline, _clock);
            if (kept.IsConnected && await kept.IsAliveAsync(deadline.Token)) { return kept; }

            kept.Dispose();
        }

        var settings = await _directory.FindAsync(account, ct) ?? throw new MailException(MailFault.AccountGone, "There is no such account.");
        return await submission.Proof.SignInAsync(settings, () => SignInAsync(settings, ct), ct);
    }

    private async Task<SmtpSession> SignInAsync(MailAccount settings, CancellationToken ct)
    {
        try { return await _connector.OpenAsync(settings, ct); }
        catch (MailException fault)
        {
            Log.OpenFailed(_logger, settings.Id, fault.Fault);
            if (fault.Fault == MailFault.BadCredentials) { await _directory.ReportAsync(settings.Id, fault.Fault, fault.ServerText, ct); }

            throw;
        }
    }

    private void PutBack(AccountId account, AccountSubmission submission, SmtpSession session)
    {
        session.IdleSince = _clock.GetTimestamp();
        var current = _accounts.TryGetValue(account, out var now) && now == submission; // not forgotten meanwhile
        if (current && session.IsConnected && session.Mails < _options.MaxMailsPerSession) { submission.Keep(session); }
        else { session.Dispose(); }
    }

    private void CloseIdle()
    {
        var since = _clock.GetTimestamp() - (long)(_options.CloseAfter.TotalSeconds * _clock.TimestampFrequency);
        foreach (var submission in _accounts.Values) { submission.Close(since); }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Submission of account {Account}: {Result}, {Recipients} recipients")]
        public static partial void Submitted(ILogger logger, AccountId account, SubmissionResult result, int recipients);

        [LoggerMessage(LogLevel.Warning, "No SMTP session for account {Account}: {Fault}")]
        public static partial void OpenFailed(ILogger logger, AccountId account, MailFault fault);
    }
}
