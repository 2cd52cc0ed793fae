using MailKit;

namespace Gateway.Mail.Imap;

/// <summary>The bookkeeping of one account's sessions: who has one, who waits, and how many there may be. No I/O.</summary>
internal sealed class SessionSlots(int maxSessions) : IDisposable
{
    private const int LooksUntilRaised = 20;

    private readonly int _configured = maxSessions;
    private readonly Lock _lock = new();
    private readonly List<ImapSession> _idle = []; // the one used last stands last
    private readonly LinkedList<Waiter> _interactive = [];
    private readonly LinkedList<Waiter> _background = [];
    private int _open; // idle, leased, and being opened
    private int _held; // leased for long, by watchers
    private int _budget = maxSessions;
    private int _looksSinceLowered;
    private CancellationTokenSource _squeezed = new();

    public int Generation { get; private set; }

    /// <summary>Takes an idle session, or the leave to open one (null), or a place in the queue.</summary>
    public Waiter Take(string? path, FolderAccess access, Lane lane)
    {
        var waiter = new Waiter(path, access);
        lock (_lock)
        {
            QueueOf(lane).AddLast(waiter);
            Serve();
        }

        return waiter;
    }

    /// <summary>Leaves the queue. False when the waiter was served at the same moment.</summary>
    public bool Leave(Waiter waiter, Lane lane)
    {
        lock (_lock) { return QueueOf(lane).Remove(waiter); }
    }

    /// <summary>Hands a healthy session to the next waiter, or keeps it. False when it is of an older generation: then it must be closed.</summary>
    public bool Return(ImapSession session)
    {
        lock (_lock)
        {
            if (session.Generation != Generation || _open > _budget) { return false; }

            _idle.Add(session);
            Serve();
            return true;
        }
    }

    /// <summary>A session was closed, or could not be opened: its place is free.</summary>
    public void Free()
    {
        lock (_lock)
        {
            _open--;
            Serve();
        }
    }

    /// <summary>Keeps a leased session for as long as its holder likes. Null when that would leave none for anybody else.</summary>
    /// <returns>Cancelled when the session must be given back after all, since the server allows fewer.</returns>
    public CancellationToken? TryHold(ImapSession session)
    {
        lock (_lock)
        {
            if (_budget - _held <= 1) { return null; }

            _held++;
            session.IsHeld = true;
            return _squeezed.Token;
        }
    }

    /// <summary>A held session comes back.</summary>
    public void EndHold(ImapSession session)
    {
        lock (_lock)
        {
            if (!session.IsHeld) { return; }

            session.IsHeld = false;
            _held--;
        }
    }

    /// <summary>The server refused one more session: frees its place, and remembers how many it has let us open.</summary>
    /// <returns>False when not even one can be had; then nothing was freed.</returns>
    public bool FreeRefused()
    {
        CancellationTokenSource? squeezed = null;
        lock (_lock)
        {
            if (_open <= 1) { return false; }

            // In one step: of two refused at once, each is to count the other as not open.
            _open--;
            _budget = Math.Min(_budget, _open);
            _looksSinceLowered = 0;
            if (_held >= _budget) { (squeezed, _squeezed) = (_squeezed, new()); }
        }

        squeezed?.Cancel();
        return true;
    }

    /// <summary>Called at each look for stale sessions: a lowered budget is tried one higher after a while, since other programs come and go.</summary>
    public void Relax()
    {
        lock (_lock)
        {
            if (_budget == _configured || ++_looksSinceLowered < LooksUntilRaised) { return; }

            _looksSinceLowered = 0;
            _budget++;
            Serve();
        }
    }

    /// <summary>Raises the generation and hands over what is idle, to be closed.</summary>
    public IReadOnlyList<ImapSession> Clear()
    {
        lock (_lock)
        {
            Generation++;
            return TakeAllIdle(_ => true);
        }
    }

    /// <summary>Hands over what has been idle since before <paramref name="prune"/> but for one, and that one too since before <paramref name="close"/>.</summary>
    public IReadOnlyList<ImapSession> TakeStale(long prune, long close)
    {
        lock (_lock)
        {
            var keeper = _idle.Count > 0 ? _idle[^1] : null;
            return TakeAllIdle(s => s.IdleSince <= (s == keeper ? close : prune));
        }
    }

    public void Dispose() => _squeezed.Dispose();

    /// <summary>Serves whoever can be served now, people first.</summary>
    private void Serve()
    {
        while (Next() is { } waiter)
        {
            var session = TakeIdle(waiter.Path, waiter.Access);
            if (session is null) { _open++; }

            waiter.SetResult(session);
        }
    }

    private Waiter? Next()
    {
        if (_idle.Count == 0 && _open >= _budget) { return null; }

        var queue = _interactive.Count > 0 ? _interactive : _background;
        if (queue.First is not { } first || (queue == _background && !LeavesOneForAPerson())) { return null; }

        queue.RemoveFirst();
        return first.Value;
    }

    /// <summary>Background work leaves one session free for a person, unless there is only one besides those held.</summary>
    private bool LeavesOneForAPerson() => _open - _idle.Count + 1 < _budget || _budget - _held <= 1;

    private ImapSession? TakeIdle(string? path, FolderAccess access)
    {
        if (_idle.Count == 0) { return null; }

        var at = _idle.FindLastIndex(s => path is not null && s.Has(path, access));
        // None has it selected: the one that was not used the longest loses its selection.
        var session = _idle[at < 0 ? 0 : at];
        _idle.Remove(session);
        return session;
    }

    private List<ImapSession> TakeAllIdle(Predicate<ImapSession> which)
    {
        var taken = _idle.FindAll(which);
        _idle.RemoveAll(which);
        return taken;
    }

    private LinkedList<Waiter> QueueOf(Lane lane) => lane == Lane.Interactive ? _interactive : _background;
}
