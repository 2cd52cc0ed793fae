using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Events;

/// <summary>The events written last, of all accounts together: whoever follows an account finds the news here and asks the store for nothing.</summary>
/// <remarks>Thread-safe. Put in as they were written, and the oldest go first: what is here of an account are its newest events, without holes.</remarks>
internal sealed class RecentEvents
{
    private const int MaxCharacters = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<EventRecord> _oldestFirst = new();
    private readonly Dictionary<(AccountId, long), EventRecord> _byNumber = [];
    private readonly Dictionary<AccountId, long> _newest = [];
    private int _characters;

    public void Add(IReadOnlyList<EventRecord> written)
    {
        lock (_lock)
        {
            foreach (var happened in written)
            {
                _oldestFirst.Enqueue(happened);
                _byNumber[(happened.Account, happened.Number)] = happened;
                _newest[happened.Account] = happened.Number;
                _characters += happened.Data.Length;
            }

            while (_characters > MaxCharacters)
            {
                var oldest = _oldestFirst.Dequeue();
                _characters -= oldest.Data.Length;
                Remove(oldest);
            }
        }
    }

    /// <summary>The events after a number, at most so many, oldest first; null when they are to be read from the store.</summary>
    public List<EventRecord>? After(AccountId account, long number, int most)
    {
        List<EventRecord> found = [];
        lock (_lock)
        {
            // Whoever is woken by each of several events reads them all the first time.
            if (_newest.TryGetValue(account, out var newest) && number == newest) { return found; }

            while (found.Count < most && _byNumber.TryGetValue((account, ++number), out var next)) { found.Add(next); }
        }

        return found.Count > 0 ? found : null;
    }

    /// <summary>The account's events up to a number are not to be read any more.</summary>
    public void Drop(AccountId account, long upTo)
    {
        lock (_lock)
        {
            foreach (var happened in _oldestFirst.Where(e => e.Account == account && e.Number <= upTo)) { Remove(happened); }

            if (_newest.TryGetValue(account, out var newest) && newest <= upTo) { _newest.Remove(account); }
        }
    }

    private void Remove(EventRecord happened)
    {
        var key = (happened.Account, happened.Number);
        if (_byNumber.GetValueOrDefault(key) == happened) { _byNumber.Remove(key); }
    }
}
