namespace Gateway.Features.Messages;

/// <summary>Counts the moves of an account that the server may have done while their aliases are not yet written.</summary>
internal sealed class MovesUnderWay
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _settled;
    private int _count;

    public IDisposable Begin()
    {
        lock (_lock)
        {
            if (_count++ == 0) { _settled = new(TaskCreationOptions.RunContinuationsAsynchronously); }
        }

        return new Move(this);
    }

    public Task SettledAsync(CancellationToken ct)
    {
        lock (_lock) { return _settled?.Task.WaitAsync(ct) ?? Task.CompletedTask; }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_count > 0) { return; }

            _settled?.SetResult();
            _settled = null;
        }
    }

    private sealed class Move(MovesUnderWay moves) : IDisposable
    {
        private MovesUnderWay? _moves = moves;

        public void Dispose() => Interlocked.Exchange(ref _moves, null)?.End();
    }
}
