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

    /// <param name="uids">Those there are now, in order.</param>
    /// <param name="find">The flags of a message; null where they are what was told.</param>
    /// <returns>The differences, and what the mailbox holds now.</returns>
    public static (MailboxDifferences Differences, MailboxSnapshot Now) Of(MailboxSnapshot told, IReadOnlyList<uint> uids, Func<uint, MessageState?> find)
    {
        var (vanished, changed, arrived) = (new List<uint>(), new List<MessageState>(), new List<uint>());
        var marks = new uint[uids.Count];
        var there = 0;
        for (var i = 0; i < uids.Count; i++)
        {
            while (there < told.Uids.Count && told.Uids[there] < uids[i]) { vanished.Add(told.Uids[there++]); }

            var now = find(uids[i]);
            if (there == told.Uids.Count || told.Uids[there] != uids[i]) { arrived.Add(uids[i]); }
            else
            {
                marks[i] = told.Flags[there++];
                if (now is { } state && state.Mark != marks[i]) { changed.Add(state); }
            }

            marks[i] = now?.Mark ?? marks[i];
        }

        for (; there < told.Uids.Count; there++) { vanished.Add(told.Uids[there]); }

        return (new(vanished, changed, arrived), new(0, 0, uids.Count, uids, marks));
    }

    /// <summary>The newest of what came, and as much of the rest, as is told one by one.</summary>
    public MailboxDifferences Cut() => IsTooMuch ? new([.. Vanished.Take(Most)], [.. Changed.Take(Most)], [.. Arrived.TakeLast(Most)]) : this;
}
