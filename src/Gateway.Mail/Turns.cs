using System.Collections.Concurrent;

namespace Gateway.Mail;

/// <summary>One at a time for each key, first come, first served.</summary>
public sealed class Turns<TKey> where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, SemaphoreSlim> _turns = new();

    /// <summary>Waits for a turn; it is over when the answer is disposed.</summary>
    public async Task<IDisposable> EnterAsync(TKey key, CancellationToken ct)
    {
        var turn = _turns.GetOrAdd(key, _ => new(1));
        await turn.WaitAsync(ct);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
