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

    /// <summary>A session that answered this short a time ago needs no proof.</summary>
    private static readonly TimeSpan Proved = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AccountId, AccountSubmission> _accounts = new();
    private readonly ConcurrentDictionary<SmtpSession, bool> _open = new();
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
    /// <param name="handingOver">Begun when a session is at hand and awaited between the SMTP envelope and the mail itself: write down durably there that it may leave.</param>
    /// <exception cref="MailException">No session could be had; nothing was sent.</exception>
    public async Task<SubmissionOutcome> SubmitAsync(
        AccountId account, SubmissionMail mail, Func<CancellationToken, Task> handingOver, CancellationToken ct)
    {
        var submission = _accounts.GetOrAdd(account, _ => new(_options.MaxSessionsPerAccount));
        await submission.Leave.WaitAsync(ct);
        try
        {
            var session = await TakeAsync(account, submission, ct);
            var leave = LeaveAsync();
            while (true)
            {
                var isFresh = session.Mails == 0;
                var outcome = await SendAsync(account, submission, session, mail, leave);
                await leave;
                if (session.WasClosed && !isFresh)
                {
                    session = await OpenAsync(account, submission, ct);
                    continue;
                }

                Log.Submitted(_logger, account, outcome.Result, outcome.Recipients.Count);
                return outcome;
            }
        }
        finally { submission.Leave.Release(); }

        async Task LeaveAsync() => await handingOver(ct); // fails where it is awaited
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
        if (_accounts.TryRemove(account, out var submission)) { submission.Close(_ => true); }

        return default;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var submission in _accounts.Values) { submission.Close(_ => true); }

        return _closing.DisposeAsync();
    }

    private async Task<SubmissionOutcome> SendAsync(AccountId account, AccountSubmission submission, SmtpSession session, SubmissionMail mail, Task leave)
    {
        using var deadline = new CancellationTokenSource(_options.SendTimeout, _clock);
        // Not the caller's token: a mail that has begun to leave is seen through, or its outcome would be unknown.
        try { return await session.SendAsync(mail, leave, deadline.Token); }
        finally { PutBack(account, submission, session); }
    }

    private async Task<SmtpSession> TakeAsync(AccountId account, AccountSubmission submission, CancellationToken ct)
    {
        while (submission.Take() is { } kept)
        {
            using var deadline = new CancellationTokenSource(ProofDeadline, _clock);
            if (kept.IsConnected && (_clock.GetElapsedTime(kept.IdleSince) < Proved || await kept.IsAliveAsync(deadline.Token))) { return kept; }

            kept.Dispose();
        }

        return await OpenAsync(account, submission, ct);
    }

    private async Task<SmtpSession> OpenAsync(AccountId account, AccountSubmission submission, CancellationToken ct)
    {
        var settings = await _directory.FindAsync(account, ct) ?? throw new MailException(MailFault.AccountGone, "There is no such account.");
        return await submission.Proof.SignInAsync(settings, () => SignInAsync(settings, ct), ct);
    }

    private async Task<SmtpSession> SignInAsync(MailAccount settings, CancellationToken ct)
    {
        if (settings.Smtp is { } server) { MakeRoom(server.Host); }

        try
        {
            var session = await _connector.OpenAsync(settings, ct);
            _open[session] = true;
            return session;
        }
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
        if (current && session is { IsConnected: true, WasClosed: false } && session.Mails < _options.MaxMailsPerSession) { submission.Keep(session); }
        else { session.Dispose(); }
    }

    /// <summary>Those that have been idle longest give way, whosever they are.</summary>
    private void MakeRoom(string host)
    {
        foreach (var closed in _open.Keys.Where(s => !s.IsConnected)) { _open.TryRemove(closed, out _); }

        var surplus = _open.Keys.Count(s => s.Host == host) - _options.MaxSessionsPerHost + 1;
        var longest = _accounts.Values.SelectMany(a => a.IdleAt(host)).OrderBy(s => s.IdleSince).Take(surplus).ToHashSet();
        foreach (var submission in longest.Count == 0 ? [] : _accounts.Values) { submission.Close(longest.Contains); }
    }

    private void CloseIdle()
    {
        foreach (var submission in _accounts.Values) { submission.Close(s => _clock.GetElapsedTime(s.IdleSince) >= _options.CloseAfter); }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Submission of account {Account}: {Result}, {Recipients} recipients")]
        public static partial void Submitted(ILogger logger, AccountId account, SubmissionResult result, int recipients);

        [LoggerMessage(LogLevel.Warning, "No SMTP session for account {Account}: {Fault}")]
        public static partial void OpenFailed(ILogger logger, AccountId account, MailFault fault);
    }
}
