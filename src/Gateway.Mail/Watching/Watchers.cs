using Gateway.Mail.Imap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Watching;

/// <summary>Watches the accounts that somebody cares for.</summary>
/// <remarks>Thread-safe. One for the process.</remarks>
public sealed class Watchers(
    ImapPool pool, IMailboxEventSink sink, IOptions<WatchOptions> options, TimeProvider clock, ILogger<Watchers> logger)
    : IAsyncDisposable
{
    private const string Inbox = "INBOX";
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<AccountId, Watch> _watches = [];

    /// <summary>Keeps the account watched until the answer is disposed, and a little longer.</summary>
    public IAsyncDisposable Hold(AccountId account)
    {
        lock (_lock)
        {
            if (!_watches.TryGetValue(account, out var watch)) { _watches[account] = watch = Begin(account); }

            watch.Holders++;
            watch.Ending?.Dispose();
            watch.Ending = null;
            return new Holder(this, account, watch);
        }
    }

    /// <summary>Waits until a held account is watched, or could not be at the first try; not for ever.</summary>
    public async Task SettleAsync(AccountId account, CancellationToken ct)
    {
        Task settled;
        lock (_lock) { settled = _watches.TryGetValue(account, out var watch) ? watch.Watcher.Settled : Task.CompletedTask; }

        try { await settled.WaitAsync(SettleDeadline, clock, ct); }
        catch (TimeoutException)
        {
            // A slow server: the caller goes on, and hears of what arrives once the watcher is there.
        }
    }

    /// <summary>Somebody holds the account.</summary>
    public bool IsHeld(AccountId account)
    {
        lock (_lock) { return _watches.ContainsKey(account); }
    }

    /// <summary>Every change of this mailbox becomes an event by itself at this moment.</summary>
    public bool IsWatching(AccountId account, string path)
    {
        lock (_lock)
        {
            return path.Equals(Inbox, StringComparison.OrdinalIgnoreCase) && _watches.TryGetValue(account, out var watch) && watch.Watcher.IsLive;
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Watch> all;
        lock (_lock)
        {
            all = [.. _watches.Values];
            _watches.Clear();
        }

        foreach (var watch in all) { await watch.DisposeAsync(); }
    }

    private Watch Begin(AccountId account) => new(new(account, Inbox, pool, sink, options.Value, clock, logger));

    private void Release(AccountId account, Watch watch)
    {
        lock (_lock)
        {
            if (--watch.Holders > 0) { return; }

            watch.Ending = clock.CreateTimer(_ => End(account, watch), null, options.Value.Linger, Timeout.InfiniteTimeSpan);
        }
    }

    private void End(AccountId account, Watch watch)
    {
        lock (_lock)
        {
            if (watch.Holders > 0 || _watches.GetValueOrDefault(account) != watch) { return; }

            _watches.Remove(account);
        }

        _ = watch.DisposeAsync().AsTask();
    }

    private sealed class Watch : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Watch(MailboxWatcher watcher)
        {
            Watcher = watcher;
            _running = Task.Run(() => watcher.RunAsync(_stop.Token));
        }

        public MailboxWatcher Watcher { get; }
        public int Holders { get; set; }
        public ITimer? Ending { get; set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }
    }

    private sealed class Holder(Watchers watchers, AccountId account, Watch watch) : IAsyncDisposable
    {
        private int _released;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) { watchers.Release(account, watch); }

            return default;
        }
    }
}
