using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>What we know of a watched mailbox: its UIDs in order with their flags. A sequence number is a place in it.</summary>
/// <remarks>Six bytes a message; keywords only for those that have any.</remarks>
internal sealed class MailboxPicture(uint uidValidity)
{
    private readonly List<uint> _uids = [];
    private readonly List<ushort> _flags = [];
    private readonly Dictionary<uint, string[]> _keywords = [];

    public uint UidValidity { get; } = uidValidity;

    public int Count => _uids.Count;

    public uint LastUid => _uids.Count == 0 ? 0 : _uids[^1];

    public uint UidAt(int index) => _uids[index];

    public void Add(IMessageSummary message)
    {
        _uids.Add(message.UniqueId.Id);
        _flags.Add(0);
        Set(_uids.Count - 1, message.Flags ?? MessageFlags.None, message.Keywords);
    }

    /// <summary>Takes out the message at a place and tells its UID, or null when the place is beyond what is known.</summary>
    public uint? RemoveAt(int index)
    {
        if (index < 0 || index >= _uids.Count) { return null; }

        var uid = _uids[index];
        _uids.RemoveAt(index);
        _flags.RemoveAt(index);
        _keywords.Remove(uid);
        return uid;
    }

    /// <summary>Notes flags; null when they are what was known, or the place is unknown.</summary>
    public MessageFlagsChange? Change(int index, MessageFlags flags, IEnumerable<string> keywords) =>
        index >= 0 && index < _uids.Count && Set(index, flags, keywords) ? new(_uids[index], flags, KeywordsOf(_uids[index])) : null;

    /// <summary>What differs in a later picture of the same mailbox: gone, and with other flags.</summary>
    public (IReadOnlyList<uint> Vanished, IReadOnlyList<MessageFlagsChange> Changed) Differences(MailboxPicture later)
    {
        var vanished = new List<uint>();
        var changed = new List<MessageFlagsChange>();
        var there = 0;
        for (var here = 0; here < _uids.Count; here++)
        {
            while (there < later.Count && later._uids[there] < _uids[here]) { there++; }

            if (there == later.Count || later._uids[there] != _uids[here])
            {
                vanished.Add(_uids[here]);
                continue;
            }

            var keywords = later.KeywordsOf(_uids[here]);
            if (_flags[here] != later._flags[there] || !keywords.SequenceEqual(KeywordsOf(_uids[here])))
            {
                changed.Add(new(_uids[here], (MessageFlags)later._flags[there], keywords));
            }
        }

        return (vanished, changed);
    }

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
