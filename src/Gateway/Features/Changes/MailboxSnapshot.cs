namespace Gateway.Features.Changes;

/// <summary>What a mailbox held at some moment.</summary>
/// <param name="UidNext">From STATUS, as are the next two: while they stay the same, so does the mailbox, where the server counts changes.</param>
/// <param name="ModSeq">HIGHESTMODSEQ; 0 where the server does not count changes.</param>
/// <param name="Uids">In order.</param>
/// <param name="Flags">A hash of the flags of each message, where the server does not count changes; else empty.</param>
internal sealed record MailboxSnapshot(uint UidNext, ulong ModSeq, int Count, IReadOnlyList<uint> Uids, IReadOnlyList<uint> Flags)
{
    public bool IsUnchanged(uint uidNext, ulong modSeq, int count) => modSeq != 0 && (uidNext, modSeq, count) == (UidNext, ModSeq, Count);

    /// <summary>UIDs are written as runs: a mailbox from which nothing was expunged takes a few bytes, however large.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(UidNext);
        writer.Write7BitEncodedInt64((long)ModSeq);
        writer.Write7BitEncodedInt(Count);
        writer.Write7BitEncodedInt(Uids.Count);
        uint last = 0;
        for (var i = 0; i < Uids.Count;)
        {
            var run = 1;
            while (i + run < Uids.Count && Uids[i + run] == Uids[i] + (uint)run) { run++; }

            writer.Write7BitEncodedInt64(Uids[i] - last);
            writer.Write7BitEncodedInt(run);
            last = Uids[i] + (uint)run - 1;
            i += run;
        }

        writer.Write7BitEncodedInt(Flags.Count);
        foreach (var flags in Flags) { writer.Write(flags); }
    }

    public static MailboxSnapshot Read(BinaryReader reader)
    {
        var (next, modSeq, count) = ((uint)reader.Read7BitEncodedInt64(), (ulong)reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt());
        var uids = new uint[reader.Read7BitEncodedInt()];
        uint last = 0;
        for (var i = 0; i < uids.Length;)
        {
            var first = last + (uint)reader.Read7BitEncodedInt64();
            for (var run = reader.Read7BitEncodedInt(); run > 0; run--) { uids[i++] = last = first++; }
        }

        var flags = new uint[reader.Read7BitEncodedInt()];
        for (var i = 0; i < flags.Length; i++) { flags[i] = reader.ReadUInt32(); }

        return new(next, modSeq, count, uids, flags);
    }
}
