using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>Notes what the server tells of a selected mailbox. Its handlers run inside commands, where no other may be sent: they note, and end the IDLE.</summary>
internal sealed class FolderChanges : IDisposable
{
    private readonly IMailFolder _folder;
    private readonly MailboxView _view;
    private readonly TimeProvider _clock;
    private List<uint> _vanished = [];
    private List<MessageState> _changed = [];
    private Action? _noted;

    public FolderChanges(IMailFolder folder, MailboxView view, TimeProvider clock)
    {
        (_folder, _view, _clock) = (folder, view, clock);
        folder.CountChanged += OnCountChanged;
        folder.MessageExpunged += OnExpunged;
        folder.MessageFlagsChanged += OnFlagsChanged;
        folder.MessageSummaryFetched += OnSummaryFetched;
        HasArrivals = folder.Count > view.Count;
        DetectedAt = clock.GetUtcNow();
    }

    public bool HasArrivals { get; private set; }

    public bool Any => HasArrivals || _vanished.Count > 0 || _changed.Count > 0;

    /// <summary>When the server told of the first change not yet published.</summary>
    public DateTimeOffset DetectedAt { get; private set; }

    public void WhenNoted(Action? act) => _noted = act;

    public void ArrivalsSeen() => HasArrivals = false;

    public IReadOnlyList<uint> TakeVanished() => Interlocked.Exchange(ref _vanished, []);

    public IReadOnlyList<MessageState> TakeChanged() => Interlocked.Exchange(ref _changed, []);

    public void Dispose()
    {
        _folder.CountChanged -= OnCountChanged;
        _folder.MessageExpunged -= OnExpunged;
        _folder.MessageFlagsChanged -= OnFlagsChanged;
        _folder.MessageSummaryFetched -= OnSummaryFetched;
    }

    private void OnCountChanged(object? sender, EventArgs e)
    {
        if (_folder.Count <= _view.Count) { return; } // an expunge changes the count as well

        Note();
        HasArrivals = true;
        _noted?.Invoke();
    }

    private void OnExpunged(object? sender, MessageEventArgs e)
    {
        if (_view.RemoveAt(e.Index) is not { } uid) { return; }

        Note();
        _vanished.Add(uid);
        _noted?.Invoke();
    }

    private void OnFlagsChanged(object? sender, MessageFlagsChangedEventArgs e) => NoteFlags(e.Index, e.Flags, e.Keywords);

    /// <summary>What a server tells of other messages while it answers our FETCH comes only here.</summary>
    private void OnSummaryFetched(object? sender, MessageSummaryFetchedEventArgs e)
    {
        if (e.Message.Flags is { } flags) { NoteFlags(e.Message.Index, flags, e.Message.Keywords); }
    }

    private void NoteFlags(int index, MessageFlags flags, IEnumerable<string> keywords)
    {
        if (_view.Change(index, flags, keywords) is not { } change) { return; }

        Note();
        _changed.Add(change);
        _noted?.Invoke();
    }

    private void Note()
    {
        if (!Any) { DetectedAt = _clock.GetUtcNow(); }
    }
}
