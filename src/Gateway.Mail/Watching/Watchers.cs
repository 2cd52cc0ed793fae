using Gateway.Mail.Imap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Watching;

/// <summary>Watches the mailboxes somebody cares for: the inbox of an account that is followed, and those that are listed again and again.</summary>
/// <remarks>Thread-safe. One for the process.</remarks>
public sealed class Watchers : IAsyncDisposable
{
    private const string Inbox = "INBOX";
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(5);

    private readonly ImapPool _pool;
    private readonly IMailboxEventSink _sink;
    private readonly WatchOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<Watchers> _logger;
    private readonly RecentTouches _touches;
    private readonly Turns<WatchKey> _turns = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<WatchKey, Watch> _watches = [];

    public Watchers(ImapPool pool, IMailboxEventSink sink, IOptions<WatchOptions> options, TimeProvider clock, ILogger<Watchers> logger)
    {
        (_pool, _sink, _options, _clock, _logger) = (pool, sink, options.Value, clock, logger);
        _touches = new(clock);
        pool.Written += OnWritten;
    }

    /// <summary>How many mailboxes are watched at this moment.</summary>
    public int Live
    {
        get { lock (_lock) { return _watches.Values.Count(w => w.Watcher.IsLive); } }
    }

    /// <summary>Keeps the account watched until the answer is disposed, and a little longer.</summary>
    public IAsyncDisposable Hold(AccountId account)
    {
        var key = new WatchKey(account, Inbox);
        Watch? watch;
        lock (_lock)
        {
            if (!_watches.TryGetValue(key, out watch)) { _watches[key] = watch = Begin(key, Others(account, isFollowed: true)); }

            watch.Holders++;
            watch.Ending?.Dispose();
            watch.Ending = null;
        }

        watch.Watcher.Others?.Follow();
        return new Holder(this, key, watch);
    }

    /// <summary>Waits until a held account is watched, or could not be at the first try; not for ever.</summary>
    public async Task SettleAsync(AccountId account, CancellationToken ct)
    {
        try { await (Find(new(account, Inbox))?.Settled ?? Task.CompletedTask).WaitAsync(SettleDeadline, _clock, ct); }
        catch (TimeoutException)
        {
            // A slow server: the caller goes on, and hears of what arrives once the watcher is there.
        }
    }

    /// <summary>Somebody follows the account.</summary>
    public bool IsHeld(AccountId account) => Find(new(account, Inbox)) is not null;

    /// <summary>Every change of this mailbox becomes an event by itself at this moment.</summary>
    public bool IsWatching(AccountId account, string path) => Find(WatchKey.Of(account, path)) is { IsLive: true };

    /// <summary>The mailbox as the server last told of it; null when it is not watched at this moment, or the server is ahead of what we know.</summary>
    public MailboxView? View(AccountId account, string path) => Find(WatchKey.Of(account, path))?.View;

    /// <summary>Somebody looked at the mailbox. Looked at again soon it is watched for a while, where the sessions allow it, so that its view answers.</summary>
    public void Touch(AccountId account, string path)
    {
        var key = WatchKey.Of(account, path);
        lock (_lock)
        {
            if (_watches.TryGetValue(key, out var watch))
            {
                watch.Ending?.Change(_options.ViewLinger, Timeout.InfiniteTimeSpan);
                watch.LookedAt = _clock.GetTimestamp();
                return;
            }

            // Half of the sessions at most: the others are for work.
            if (!_touches.IsSecond(key) || _watches.Keys.Count(k => k.Account == account) >= _pool.MaxSessionsPerAccount / 2) { return; }

            MakeRoom();
            watch = _watches[key] = Begin(key, key.Path == Inbox ? Others(account, isFollowed: false) : null);
            watch.LookedAt = _clock.GetTimestamp();
            watch.Ending = _clock.CreateTimer(_ => End(key, watch), null, _options.ViewLinger, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Stops watching mailboxes that are not there under this name any more.</summary>
    public void Leave(AccountId account, Func<string, bool> isGone)
    {
        lock (_lock)
        {
            foreach (var (key, watch) in _watches.Where(w => w.Key.Account == account && w.Key.Path != Inbox && isGone(w.Key.Path)).ToList())
            {
                _watches.Remove(key);
                _ = watch.DisposeAsync().AsTask();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _pool.Written -= OnWritten;
        List<Watch> all;
        lock (_lock)
        {
            all = [.. _watches.Values];
            _watches.Clear();
        }

        foreach (var watch in all) { await watch.DisposeAsync(); }
    }

    /// <summary>Lets views go, the one looked at longest ago first, until the others are within the budget.</summary>
    private void MakeRoom()
    {
        var over = _watches.Values.Sum(w => w.Watcher.Bytes) - _options.ViewBudget;
        foreach (var (key, watch) in _watches.Where(w => w.Value.Holders == 0).OrderBy(w => w.Value.LookedAt).ToList())
        {
            if (over <= 0) { return; }

            over -= watch.Watcher.Bytes;
            _watches.Remove(key);
            _ = watch.DisposeAsync().AsTask();
        }
    }

    private void OnWritten(AccountId account, string path)
    {
        if (Find(WatchKey.Of(account, path)) is { } watcher) { watcher.Refresh(); }
        else { Find(new(account, Inbox))?.Others?.Ring(); }
    }

    private MailboxWatcher? Find(WatchKey key)
    {
        lock (_lock) { return _watches.GetValueOrDefault(key)?.Watcher; }
    }

    private Watch Begin(WatchKey key, OtherMailboxes? others) => new(new(key.Account, key.Path, _pool, _turns, others, _sink, _options, _clock, _logger));

    private OtherMailboxes Others(AccountId account, bool isFollowed)
    {
        var comparing = new MailboxComparing(account, _pool, _turns, IsSelected, _sink, _clock, _logger);
        return new(account, comparing, IsSelected, isFollowed, _sink, _options, _clock, _logger);

        bool IsSelected(string path) => IsWatching(account, path);
    }

    private void Release(WatchKey key, Watch watch)
    {
        lock (_lock)
        {
            if (--watch.Holders > 0) { return; }

            watch.Ending = _clock.CreateTimer(_ => End(key, watch), null, _options.Linger, Timeout.InfiniteTimeSpan);
        }
    }

    private void End(WatchKey key, Watch watch)
    {
        lock (_lock)
        {
            if (watch.Holders > 0 || _watches.GetValueOrDefault(key) != watch) { return; }

            _watches.Remove(key);
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

        /// <summary>When its view was last asked for, as the clock's timestamp.</summary>
        public long LookedAt { get; set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }
    }

    private sealed class Holder(Watchers watchers, WatchKey key, Watch watch) : IAsyncDisposable
    {
        private int _released;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) { watchers.Release(key, watch); }

            return default;
        }
    }
}
