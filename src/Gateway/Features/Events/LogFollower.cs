using System.Collections.Concurrent;
using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Events;

/// <summary>Reads the log for one subscriber: the events of an account in their order, several accounts side by side. It keeps its accounts watched.</summary>
internal sealed partial class LogFollower(ILogSubscriber subscriber, EventLog log, Watchers watchers, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<AccountId, long> _places = new();
    private readonly ConcurrentDictionary<AccountId, Task> _busy = new();
    private readonly ConcurrentDictionary<AccountId, bool> _news = new();
    private readonly ConcurrentDictionary<AccountId, IAsyncDisposable> _holds = new();

    public async Task StartAsync(CancellationToken ct)
    {
        foreach (var (account, number) in await subscriber.PlacesAsync(ct)) { _places.TryAdd(account, number); }

        log.Appended += Note;
        // Once more, for an account that was added between the two.
        foreach (var (account, number) in await subscriber.PlacesAsync(ct)) { _places.TryAdd(account, number); }

        foreach (var account in _places.Keys) { Note(account); }
    }

    public async ValueTask DisposeAsync()
    {
        log.Appended -= Note;
        await _stop.CancelAsync();
        while (!_busy.IsEmpty) { await Task.WhenAll(_busy.Values); }

        foreach (var hold in _holds.Values) { await hold.DisposeAsync(); }

        _stop.Dispose();
    }

    private void Note(AccountId account)
    {
        if (!subscriber.Follows(account)) { return; }

        _news[account] = true;
        lock (_busy)
        {
            if (_stop.IsCancellationRequested || _busy.ContainsKey(account)) { return; }

            var done = new TaskCompletionSource();
            _busy[account] = done.Task;
            _ = Task.Run(() => FollowAsync(account, done), CancellationToken.None);
        }
    }

    private async Task FollowAsync(AccountId account, TaskCompletionSource done)
    {
        _holds.GetOrAdd(account, watchers.Hold);
        while (true)
        {
            while (_news.TryRemove(account, out _) && !_stop.IsCancellationRequested)
            {
                try { await ReadNewsAsync(account, _stop.Token); }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    // Stopping, or changed: whoever comes next goes on from what is on record.
                }
                catch (Exception error) // an escaping exception would be lost, and the account silent for ever
                {
                    Log.Failed(logger, error, subscriber.Id, account);
                    await Task.Delay(AfterFailure, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    _news[account] = true;
                }
            }

            lock (_busy)
            {
                if (_news.ContainsKey(account) && !_stop.IsCancellationRequested) { continue; }

                _busy.TryRemove(account, out _);
            }

            done.SetResult();
            return;
        }
    }

    private async Task ReadNewsAsync(AccountId account, CancellationToken ct)
    {
        var place = _places.GetOrAdd(account, 0); // an account added since
        while (true)
        {
            IReadOnlyList<MailEvent> events;
            try { events = await log.ReadAsync(account, place, ct); }
            catch (CursorExpiredException)
            {
                // Down, or switched off, for longer than the log reaches back: told as it is, and on with what there is.
                Log.Missed(logger, subscriber.Id, account);
                _places[account] = place = await log.FirstAsync(account, ct) - 1;
                continue;
            }

            if (events.Count == 0) { return; }

            var saved = place;
            foreach (var happened in events)
            {
                place++;
                if (!subscriber.Wants(happened)) { continue; }

                await subscriber.TellAsync(happened, place, ct);
                _places[account] = saved = place;
            }

            if (saved < place) { await subscriber.MoveAsync(account, place, ct); }

            _places[account] = place;
            if (events.Count < EventLog.BatchSize) { return; } // what comes from here on is noted
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Subscriber {Subscriber} failed for account {Account}")]
        public static partial void Failed(ILogger logger, Exception error, Guid subscriber, AccountId account);

        [LoggerMessage(LogLevel.Warning, "Subscriber {Subscriber} missed events of account {Account}: the log has them no more")]
        public static partial void Missed(ILogger logger, Guid subscriber, AccountId account);
    }
}
