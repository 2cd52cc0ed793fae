namespace Gateway.Mail.Watching;

/// <summary>How a mailbox differs from what was told of it.</summary>
/// <param name="Vanished">UIDs that were told and are gone.</param>
/// <param name="Changed">Messages whose flags are others than was told.</param>
/// <param name="Arrived">UIDs that were never told, in order.</param>
internal sealed record MailboxDifferences(IReadOnlyList<uint> Vanished, IReadOnlyList<MessageState> Changed, IReadOnlyList<uint> Arrived)
{
    /// <summary>Of what came, changed and went while nobody watched, so many of each are told one by one: the others are found by whoever lists.</summary>
    private const int Most = 1000;

    public bool IsNone => Vanished.Count + Changed.Count + Arrived.Count == 0;

    public bool IsTooMuch => Vanished.Count > Most || Changed.Count > Most || Arrived.Count > Most;

    /// <param name="now">Every message of the mailbox, in order.</param>
    public static MailboxDifferences Of(MailboxSnapshot told, IReadOnlyList<MessageState> now)
    {
        var (vanished, changed, arrived) = (new List<uint>(), new List<MessageState>(), new List<uint>());
        var there = 0;
        foreach (var message in now)
        {
            while (there < told.Uids.Count && told.Uids[there] < message.Uid) { vanished.Add(told.Uids[there++]); }

            if (there == told.Uids.Count || told.Uids[there] != message.Uid) { arrived.Add(message.Uid); }
            else if (told.Flags[there++] != message.Mark) { changed.Add(message); }
        }

        for (; there < told.Uids.Count; there++) { vanished.Add(told.Uids[there]); }

        return new(vanished, changed, arrived);
    }

    /// <summary>The newest of what came, and as much of the rest, as is told one by one.</summary>
    public MailboxDifferences Cut() => IsTooMuch ? new([.. Vanished.Take(Most)], [.. Changed.Take(Most)], [.. Arrived.TakeLast(Most)]) : this;
}
