using System.Collections.Concurrent;
using System.Data.Common;
using Gateway.Mail.Faults;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Imap;

/// <summary>Leases IMAP sessions: healthy, with the wanted mailbox selected, in the fewest round trips, within each account's budget.</summary>
/// <remarks>Thread-safe. One for the process.</remarks>
public sealed class ImapPool : IAsyncDisposable
{
    private readonly ConcurrentDictionary<AccountId, AccountSessions> _accounts = new();
    private readonly ImapConnector _connector;
    private readonly IAccountDirectory _directory;
    private readonly ImapPoolOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<ImapPool> _logger;
    private readonly ConnectPaces _paces;
    private readonly ITimer _pruning;

    internal ImapPool(
        ImapConnector connector, IAccountDirectory directory, IOptions<ImapPoolOptions> options, TimeProvider clock, ILogger<ImapPool> logger)
    {
        (_connector, _directory, _options, _clock, _logger) = (connector, directory, options.Value, clock, logger);
        _paces = new(_options.BackgroundConnectsPerSecond, clock);
        var every = _options.PruneAfter / 2;
        _pruning = clock.CreateTimer(_ => Prune(), null, every, every);
    }

    /// <summary>Raised when a mailbox may have been written to, before the caller hears that it was: note it and return.</summary>
    public event Action<AccountId, string>? Written;

    internal int MaxSessionsPerAccount => _options.MaxSessionsPerAccount;

    /// <summary>Leases a session; with a path, that mailbox is selected (or examined).</summary>
    /// <param name="path">The mailbox, or null when any session will do (LIST, STATUS).</param>
    /// <param name="access">A session that has the mailbox selected read-write also serves for reading.</param>
    /// <param name="freshness">How much the session must know of the mailbox.</param>
    /// <exception cref="MailException">No session could be had, or the mailbox cannot be opened.</exception>
    public async ValueTask<MailboxLease> LeaseAsync(
        AccountId account, string? path, FolderAccess access, Lane lane, CancellationToken ct, Freshness freshness = Freshness.OfNow)
    {
        try { return await LeaseAsync(account, path, access, freshness, lane, _options.ProveAfter, ct); }
        catch (Exception error) when (MailFaults.IsLostLink(error))
        {
            // The session died between two uses: everything idle may have.
            return await GuardAsync(() => LeaseAsync(account, path, access, freshness, lane, TimeSpan.Zero, ct), ct);
        }
        catch (Exception error) when (IsTheServers(error, ct)) { throw MailFaults.From(error); }
    }

    /// <summary>Runs work that may be repeated (reads, flag stores): when the session proves dead, once more on a fresh one.</summary>
    /// <exception cref="MailException">What went wrong, whatever the library threw.</exception>
    public async Task<T> RunAsync<T>(
        AccountId account, string? path, FolderAccess access, Lane lane, Func<MailboxLease, Task<T>> work, CancellationToken ct,
        Freshness freshness = Freshness.OfNow)
    {
        try { return await RunAsync(account, path, access, freshness, lane, _options.ProveAfter, work, ct); }
        catch (Exception error) when (MailFaults.IsLostLink(error))
        {
            return await GuardAsync(() => RunAsync(account, path, access, freshness, lane, TimeSpan.Zero, work, ct), ct);
        }
        catch (Exception error) when (IsTheServers(error, ct)) { throw MailFaults.From(error); }
    }

    /// <summary>Runs work that must not be repeated (APPEND, MOVE).</summary>
    /// <exception cref="MailException">What went wrong, whatever the library threw.</exception>
    public async Task<T> RunOnceAsync<T>(
        AccountId account, string? path, FolderAccess access, Lane lane, Func<MailboxLease, Task<T>> work, CancellationToken ct)
    {
        // The lease itself may be repeated: nothing was done yet.
        await using var lease = await LeaseAsync(account, path, access, lane, ct);
        return await GuardAsync(() => WorkAsync(lease, work), ct);
    }

    /// <summary>Signs in once with these settings, outside the pool, and out again.</summary>
    /// <exception cref="MailException">Why it did not work.</exception>
    public async Task VerifyAsync(MailAccount account, CancellationToken ct)
    {
        using var client = await _connector.OpenAsync(account, turn: null, ct);
        await GuardAsync(async () =>
        {
            await client.DisconnectAsync(quit: true, ct);
            return true;
        }, ct);
    }

    /// <summary>Gives up every session of the account: credentials changed, or it is gone.</summary>
    public ValueTask ForgetAsync(AccountId account)
    {
        if (_accounts.TryGetValue(account, out var sessions)) { sessions.Forget(); }

        return default;
    }

    /// <summary>Opens new sessions from now on: what those of before know of the mailboxes' names is not true any more.</summary>
    public void Renew(AccountId account)
    {
        if (_accounts.TryGetValue(account, out var sessions)) { sessions.Renew(); }
    }

    /// <summary>Cancelled at the next <see cref="ForgetAsync"/>.</summary>
    internal CancellationToken Forgotten(AccountId account) => SessionsOf(account).Forgotten;

    public ValueTask DisposeAsync()
    {
        foreach (var sessions in _accounts.Values) { sessions.Dispose(); }

        _paces.Dispose();
        return _pruning.DisposeAsync();
    }

    private AccountSessions SessionsOf(AccountId account) =>
        _accounts.GetOrAdd(account, id => new(id, _connector, _paces, _directory, _options, _clock, _logger));

    private async Task<MailboxLease> LeaseAsync(
        AccountId account, string? path, FolderAccess access, Freshness freshness, Lane lane, TimeSpan proveAfter, CancellationToken ct)
    {
        var sessions = SessionsOf(account);
        var session = await sessions.TakeAsync(path, access, freshness, lane, proveAfter, ct);
        return new(sessions, session, path, access, written => Written?.Invoke(account, written), _options.CommandTimeout, _clock);
    }

    private async Task<T> RunAsync<T>(
        AccountId account, string? path, FolderAccess access, Freshness freshness, Lane lane, TimeSpan proveAfter,
        Func<MailboxLease, Task<T>> work, CancellationToken ct)
    {
        await using var lease = await LeaseAsync(account, path, access, freshness, lane, proveAfter, ct);
        return await WorkAsync(lease, work);
    }

    private static async Task<T> WorkAsync<T>(MailboxLease lease, Func<MailboxLease, Task<T>> work)
    {
        try { return await work(lease); }
        catch (ImapCommandException no) { throw MailFaults.OfCommand(no, lease.Session.Received.Refusal); }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        try { return await work(); }
        catch (Exception error) when (IsTheServers(error, ct)) { throw MailFaults.From(error); }
    }

    /// <summary>Neither the caller's leaving nor a store that failed in the midst of the work.</summary>
    private static bool IsTheServers(Exception error, CancellationToken ct) =>
        !(error is OperationCanceledException && ct.IsCancellationRequested) && error.GetBaseException() is not DbException;

    private void Prune()
    {
        foreach (var sessions in _accounts.Values) { sessions.Prune(); }
    }
}
