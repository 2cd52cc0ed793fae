using Gateway.Mail.Connecting;
using Gateway.Mail.Faults;
using MailKit;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Imap;

/// <summary>The IMAP sessions of one account: within its budget, healthy, and first come, first served.</summary>
internal sealed partial class AccountSessions(
    AccountId account, ImapConnector connector, ConnectPaces paces, IAccountDirectory directory, ImapPoolOptions options, TimeProvider clock, ILogger logger)
    : IDisposable
{
    private static readonly TimeSpan ProofDeadline = TimeSpan.FromSeconds(5);
    private static long s_lastId;

    private readonly SessionSlots _slots = new(options.MaxSessionsPerAccount);

    private readonly CredentialsProof _proof = new();
    private CancellationTokenSource _forgotten = new();

    /// <summary>Cancelled when everything opened so far is to be given up.</summary>
    public CancellationToken Forgotten => _forgotten.Token;

    /// <summary>A healthy session; when a path is given, with the mailbox selected.</summary>
    /// <param name="proveAfter">Sessions idle for longer are proved first.</param>
    public async Task<ImapSession> TakeAsync(
        string? path, FolderAccess access, Freshness freshness, Lane lane, TimeSpan proveAfter, CancellationToken ct)
    {
        var session = await TakeHealthyAsync(path, access, freshness, lane, proveAfter, ct);
        if (path is null) { return session; }

        try
        {
            using var deadline = new CancellationTokenSource(options.CommandTimeout, clock);
            await session.SelectAsync(path, access, deadline.Token);
            return session;
        }
        catch (Exception error)
        {
            Return(session);
            throw MailFaults.OfSelect(error, session.Received.Refusal);
        }
    }

    /// <summary>Takes a session back. What cannot be proved healthy is discarded, not repaired.</summary>
    public void Return(ImapSession session)
    {
        session.IdleSince = clock.GetTimestamp();
        _slots.EndHold(session);
        if (!session.Client.IsConnected || session.Received.SaidBye || session.IsOutOfStep) { Discard(session, DiscardReason.Disconnected); }
        else if (!_slots.Return(session)) { Discard(session, DiscardReason.Outdated); }
    }

    /// <summary>Lets a leased session be kept for long, where that leaves one for others. Cancelled when it must be given back after all.</summary>
    public CancellationToken? TryHold(ImapSession session) => _slots.TryHold(session);

    public void Discard(ImapSession session, DiscardReason reason)
    {
        Log.SessionDiscarded(logger, session.Id, reason);
        session.Client.Dispose();
        _slots.Free();
    }

    /// <summary>Gives up every session: the idle ones now, the leased ones when they come back.</summary>
    public void Forget()
    {
        _proof.Forget();
        Renew();
        Interlocked.Exchange(ref _forgotten, new()).Cancel();
    }

    /// <summary>Closes the sessions, the leased ones when they come back; what runs on them goes on.</summary>
    public void Renew()
    {
        foreach (var idle in _slots.Clear()) { Discard(idle, DiscardReason.Outdated); }
    }

    public void Prune()
    {
        var now = clock.GetTimestamp();
        _slots.Relax();
        foreach (var stale in _slots.TakeStale(Before(now, options.PruneAfter), Before(now, options.CloseAfter))) { Discard(stale, DiscardReason.Idle); }
    }

    public void Dispose()
    {
        Forget();
        _forgotten.Dispose();
        _slots.Dispose();
        _proof.Dispose();
    }

    private long Before(long now, TimeSpan age) => now - (long)(age.TotalSeconds * clock.TimestampFrequency);

    private async Task<ImapSession> TakeHealthyAsync(
        string? path, FolderAccess access, Freshness freshness, Lane lane, TimeSpan proveAfter, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (await WaitAsync(path, access, lane, ct) is not { } session)
            {
                if (await OpenAsync(lane, ct) is { } opened) { return opened; }

                continue; // the server allows fewer sessions than we thought: wait for one of those we have
            }

            var isRecent = clock.GetElapsedTime(session.IdleSince) < proveAfter;
            // A mailbox selected before does not know what came since: a FETCH of it would find nothing (RFC 9051 section 7.4.1).
            var isBehind = freshness == Freshness.OfNow && path is not null && session.Has(path, access);
            if (isRecent && !isBehind) { return session; }

            if (await IsAliveAsync(session, isRecent ? options.CommandTimeout : ProofDeadline)) { return session; }

            Discard(session, DiscardReason.Dead);
        }
    }

    private async Task<ImapSession?> WaitAsync(string? path, FolderAccess access, Lane lane, CancellationToken ct)
    {
        var waiter = _slots.Take(path, access, lane);
        if (waiter.Task.IsCompletedSuccessfully) { return await waiter.Task; }

        try { return await waiter.Task.WaitAsync(options.LeaseTimeout, clock, ct); }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            if (!_slots.Leave(waiter, lane)) { GiveBack(await waiter.Task); }

            throw error is TimeoutException
                ? new MailException(MailFault.PoolExhausted, $"All sessions of this account stayed busy for {options.LeaseTimeout.TotalSeconds:0} s (Gateway:Imap:MaxSessionsPerAccount is {options.MaxSessionsPerAccount}).")
                : error;
        }
    }

    private void GiveBack(ImapSession? session)
    {
        if (session is null) { _slots.Free(); }
        else { Return(session); }
    }

    /// <summary>Opens a session on the leave that was got. A caller who goes away meanwhile does not waste it: it goes to the next.</summary>
    /// <returns>Null when the server allows no more sessions than are open.</returns>
    private async Task<ImapSession?> OpenAsync(Lane lane, CancellationToken ct)
    {
        var opening = OpenAsync(lane);
        try { return await opening.WaitAsync(ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _ = HandOnAsync(opening);
            throw;
        }
    }

    private async Task HandOnAsync(Task<ImapSession?> opening)
    {
        try
        {
            if (await opening is { } session) { Return(session); }
        }
        catch (MailException)
        {
            // Logged where it happened; nobody waits for it any more.
        }
    }

    private async Task<ImapSession?> OpenAsync(Lane lane)
    {
        try
        {
            var generation = _slots.Generation;
            var settings = await directory.FindAsync(account, CancellationToken.None)
                ?? throw new MailException(MailFault.AccountGone, "There is no such account.");
            // What nobody waits for does not run a server over; and it waits here, where no person's sign-in stands behind it.
            using var turn = lane == Lane.Background && settings.Imap is { } server ? await paces.Of(server).TurnAsync(CancellationToken.None) : null;
            return await _proof.SignInAsync(settings, () => SignInAsync(settings, generation, turn), CancellationToken.None);
        }
        catch
        {
            _slots.Free();
            throw;
        }
    }

    private async Task<ImapSession?> SignInAsync(MailAccount settings, int generation, ConnectPace.Turn? turn)
    {
        try
        {
            var session = new ImapSession(Interlocked.Increment(ref s_lastId), await connector.OpenAsync(settings, turn, CancellationToken.None), generation);
            Log.SessionOpened(logger, session.Id, account);
            try { await directory.ReportAsync(account, null, null, CancellationToken.None); }
            catch
            {
                session.Client.Dispose();
                throw;
            }

            session.IdleSince = clock.GetTimestamp();
            return session;
        }
        catch (MailException fault)
        {
            Log.OpenFailed(logger, account, fault.Fault);
            if (fault.Fault == MailFault.Throttled && _slots.FreeRefused()) { return null; }

            await directory.ReportAsync(account, fault.Fault, fault.ServerText ?? fault.Message, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Proves the session, and brings the selected mailbox up to date, with a NOOP.</summary>
    private async Task<bool> IsAliveAsync(ImapSession session, TimeSpan within)
    {
        try
        {
            using var deadline = new CancellationTokenSource(within, clock);
            await session.Client.NoOpAsync(deadline.Token);
            return session.Client.IsConnected;
        }
        catch (Exception) // whatever was wrong with it: an exception that escaped would take the session's place in the budget along
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Opened IMAP session {SessionId} of account {Account}")]
        public static partial void SessionOpened(ILogger logger, long sessionId, AccountId account);

        [LoggerMessage(LogLevel.Debug, "Discarded IMAP session {SessionId}: {Reason}")]
        public static partial void SessionDiscarded(ILogger logger, long sessionId, DiscardReason reason);

        [LoggerMessage(LogLevel.Warning, "No IMAP session for account {Account}: {Fault}")]
        public static partial void OpenFailed(ILogger logger, AccountId account, MailFault fault);
    }
}
