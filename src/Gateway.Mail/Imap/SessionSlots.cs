using MailKit;

namespace Gateway.Mail.Imap;

/// <summary>The bookkeeping of one account's sessions: who has one, who waits, and how many there may be. No I/O.</summary>
internal sealed class SessionSlots(int budget)
{
    private readonly Lock _lock = new();
    private readonly List<ImapSession> _idle = []; // the one used last stands last
    private readonly LinkedList<Waiter> _interactive = [];
    private readonly LinkedList<Waiter> _background = [];
    private int _open; // idle, leased, and being opened
    private int _budget = budget;

    public int Generation { get; private set; }

    /// <summary>Takes an idle session, or the leave to open one (null), or a place in the queue.</summary>
    public Waiter Take(string? path, FolderAccess access, Lane lane)
    {
        var waiter = new Waiter(path);
        lock (_lock)
        {
            if (!MayTake(lane) || _interactive.Count > 0 || (lane == Lane.Background && _background.Count > 0)) { QueueOf(lane).AddLast(waiter); }
            else if (TakeIdle(path, access) is { } session) { waiter.SetResult(session); }
            else if (_open < _budget)
            {
                _open++;
                waiter.SetResult(null);
            }
            else { QueueOf(lane).AddLast(waiter); }
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

            if (Next(opening: 0) is { } waiter) { waiter.SetResult(session); }
            else { _idle.Add(session); }

            return true;
        }
    }

    /// <summary>A session was closed, or could not be opened: its place is free.</summary>
    public void Free()
    {
        lock (_lock)
        {
            _open--;
            while (_open < _budget && Next(opening: 1) is { } waiter)
            {
                _open++;
                waiter.SetResult(null);
            }
        }
    }

    /// <summary>The server does not allow as many sessions as we thought: remembers how many it has let us open.</summary>
    /// <returns>False when not even one can be had.</returns>
    public bool Lower()
    {
        lock (_lock)
        {
            if (_open <= 1) { return false; }

            _budget = Math.Max(1, Math.Min(_budget, _open - 1));
            return true;
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

    /// <summary>Background work leaves one session for a person, unless the account has only one.</summary>
    private bool MayTake(Lane lane) => lane == Lane.Interactive || _open - _idle.Count + 1 < _budget || _budget == 1;

    /// <param name="opening">1 when the waiter will open a session, 0 when it gets one that still counts as leased.</param>
    private Waiter? Next(int opening)
    {
        var queue = _interactive.Count > 0 ? _interactive : _background;
        var leavesOne = _open - _idle.Count + opening < _budget || _budget == 1;
        if (queue.First is not { } first || (queue == _background && !leavesOne)) { return null; }

        queue.RemoveFirst();
        return first.Value;
    }

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
