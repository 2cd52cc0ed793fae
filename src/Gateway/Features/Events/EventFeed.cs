using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Events;

/// <summary>One reader over many accounts. It keeps a position in each, and is only told which of them have something new.</summary>
internal sealed class EventFeed : IAsyncDisposable
{
    private readonly EventLog _log;
    private readonly Watchers _watchers;
    private readonly Func<AccountId, bool> _reaches;
    private readonly Dictionary<AccountId, long> _positions = [];
    private readonly List<IAsyncDisposable> _holds = [];
    private readonly HashSet<AccountId> _news = [];
    private readonly SemaphoreSlim _woken = new(0, 1);

    public EventFeed(EventLog log, Watchers watchers, Func<AccountId, bool> reaches)
    {
        (_log, _watchers, _reaches) = (log, watchers, reaches);
        log.Appended += Note;
    }

    /// <summary>Reads an account after a position and keeps it watched.</summary>
    public void Follow(AccountId account, long after)
    {
        if (!_reaches(account) || !_positions.TryAdd(account, after)) { return; }

        _holds.Add(_watchers.Hold(account));
        Note(account);
    }

    /// <summary>Waits until what is followed is watched: nothing that arrives from then on is missed.</summary>
    public Task SettleAsync(CancellationToken ct) => Task.WhenAll(_positions.Keys.Select(account => _watchers.SettleAsync(account, ct)));

    /// <summary>The next events, or none when the wait ran out.</summary>
    public async Task<IReadOnlyList<MailEvent>> NextAsync(TimeSpan wait, TimeProvider clock, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        while (true)
        {
            while (TakeNews() is { } account)
            {
                Follow(account, 0); // an account added since
                var found = await _log.ReadAsync(account, _positions[account], ct);
                if (found.Count == 0) { continue; }

                _positions[account] += found.Count;
                if (found.Count == EventLog.BatchSize) { Note(account); } // perhaps there is more

                return found;
            }

            try { await _woken.WaitAsync(either.Token); }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return []; }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _log.Appended -= Note;
        foreach (var hold in _holds) { await hold.DisposeAsync(); }

        _woken.Dispose();
    }

    private void Note(AccountId account)
    {
        if (!_reaches(account)) { return; }

        lock (_news)
        {
            if (_news.Add(account) && _news.Count == 1 && _woken.CurrentCount == 0) { _woken.Release(); }
        }
    }

    private AccountId? TakeNews()
    {
        lock (_news)
        {
            if (_news.Count == 0) { return null; }

            var account = _news.First();
            _news.Remove(account);
            return account;
        }
    }
}
