using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>What we know of a watched mailbox: its UIDs in order with their flags. A sequence number is a place in it.</summary>
/// <remarks>Six bytes a message, twelve after it grew; keywords only for those that have any. Its watcher writes it, anybody may read it.</remarks>
public sealed class MailboxView
{
    private const int KeywordBytes = 128;

    private readonly Lock _lock = new();
    private readonly List<uint> _uids = [];
    private readonly List<ushort> _flags = [];
    private readonly Dictionary<uint, string[]> _keywords = [];

    /// <param name="capacity">How many messages are expected.</param>
    internal MailboxView(uint uidValidity, int capacity = 0)
    {
        UidValidity = uidValidity;
        _uids.Capacity = _flags.Capacity = capacity;
    }

    public uint UidValidity { get; }

    public int Count
    {
        get { lock (_lock) { return _uids.Count; } }
    }

    /// <summary>About what it takes of memory, in bytes.</summary>
    internal long Bytes
    {
        get { lock (_lock) { return (_uids.Capacity * 4L) + (_flags.Capacity * 2L) + (_keywords.Count * KeywordBytes); } }
    }

    /// <summary>How many messages stand below this UID.</summary>
    public int CountBelow(uint uid)
    {
        lock (_lock) { return PlaceOf(uid); }
    }

    /// <summary>The message with this UID, or null.</summary>
    public MessageState? Find(uint uid)
    {
        lock (_lock)
        {
            var place = PlaceOf(uid);
            return place < _uids.Count && _uids[place] == uid ? StateAt(place) : null;
        }
    }

    /// <summary>Messages that match, newest first.</summary>
    /// <param name="with">All of these flags must be set.</param>
    /// <param name="without">None of these flags may be set.</param>
    /// <param name="below">Only messages below this UID, if any.</param>
    /// <param name="skip">How many of those to pass over.</param>
    /// <param name="take">How many to answer at most.</param>
    /// <returns>The messages; whether more follow; and how many match in the whole mailbox.</returns>
    public (IReadOnlyList<MessageState> Messages, bool More, int Total) Newest(MessageFlags with, MessageFlags without, uint? below, int skip, int take)
    {
        var (wanted, unwanted) = ((ushort)with, (ushort)without);
        var found = new List<MessageState>(take);
        var more = false;
        var total = 0;
        lock (_lock)
        {
            var end = below is { } uid ? PlaceOf(uid) : _uids.Count;
            if (wanted == 0 && unwanted == 0)
            {
                var first = end - 1 - skip;
                for (var place = first; place >= 0 && found.Count < take; place--) { found.Add(StateAt(place)); }

                return (found, first + 1 > found.Count, _uids.Count);
            }

            for (var place = _uids.Count - 1; place >= 0; place--)
            {
                if ((_flags[place] & wanted) != wanted || (_flags[place] & unwanted) != 0) { continue; }

                total++;
                if (place >= end || skip-- > 0) { continue; }

                if (found.Count < take) { found.Add(StateAt(place)); }
                else { more = true; }
            }
        }

        return (found, more, total);
    }

    internal uint LastUid
    {
        get { lock (_lock) { return _uids.Count == 0 ? 0 : _uids[^1]; } }
    }

    internal void Add(IMessageSummary message)
    {
        lock (_lock)
        {
            _uids.Add(message.UniqueId.Id);
            _flags.Add(0);
            Set(_uids.Count - 1, message.Flags ?? MessageFlags.None, message.Keywords);
        }
    }

    /// <summary>Takes out the message at a place and tells its UID, or null when the place is beyond what is known.</summary>
    internal uint? RemoveAt(int index)
    {
        lock (_lock)
        {
            if (index < 0 || index >= _uids.Count) { return null; }

            var uid = _uids[index];
            _uids.RemoveAt(index);
            _flags.RemoveAt(index);
            _keywords.Remove(uid);
            return uid;
        }
    }

    /// <summary>Notes flags; null when they are what was known, or the place is unknown.</summary>
    internal MessageState? Change(int index, MessageFlags flags, IEnumerable<string> keywords)
    {
        lock (_lock) { return index >= 0 && index < _uids.Count && Set(index, flags, keywords) ? StateAt(index) : null; }
    }

    internal MailboxSnapshot Snapshot()
    {
        lock (_lock) { return new(0, 0, _uids.Count, [.. _uids], [.. _uids.Select((_, place) => StateAt(place).Mark)]); }
    }

    private int PlaceOf(uint uid)
    {
        var found = _uids.BinarySearch(uid);
        return found >= 0 ? found : ~found;
    }

    private MessageState StateAt(int place) => new(_uids[place], (MessageFlags)_flags[place], KeywordsOf(_uids[place]));

    private string[] KeywordsOf(uint uid) => _keywords.TryGetValue(uid, out var keywords) ? keywords : [];

    private bool Set(int index, MessageFlags flags, IEnumerable<string> keywords)
    {
        var uid = _uids[index];
        var sorted = keywords.Order(StringComparer.Ordinal).ToArray();
        var stored = (ushort)(flags & ~MessageFlags.Recent);
        if (_flags[index] == stored && sorted.SequenceEqual(KeywordsOf(uid))) { return false; }

        _flags[index] = stored;
        if (sorted.Length > 0) { _keywords[uid] = sorted; }
        else { _keywords.Remove(uid); }

        return true;
    }
}
