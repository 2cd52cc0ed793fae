using System.IO.Compression;
using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>What a mailbox held at some moment.</summary>
/// <param name="UidNext">From STATUS, as are the next two: while they stay the same, so does the mailbox, where the server counts changes.</param>
/// <param name="ModSeq">HIGHESTMODSEQ; 0 where the server does not count changes.</param>
/// <param name="Uids">In order.</param>
/// <param name="Flags">The flags of each message as a <see cref="MessageState.Mark"/>, where they are compared; else empty.</param>
public sealed record MailboxSnapshot(uint UidNext, ulong ModSeq, int Count, IReadOnlyList<uint> Uids, IReadOnlyList<uint> Flags)
{
    public bool IsUnchanged(uint uidNext, ulong modSeq, int count) => modSeq != 0 && (uidNext, modSeq, count) == (UidNext, ModSeq, Count);

    /// <summary>How many messages are not seen, where flags are compared.</summary>
    public int Unread => Flags.Count(mark => (mark & (uint)MessageFlags.Seen) == 0);

    /// <summary>The mark of a message's flags; null when the message was not there.</summary>
    public uint? Find(uint uid) => PlaceOf(uid) is >= 0 and var place ? Flags[place] : null;

    /// <summary>The same with messages added, or with other flags.</summary>
    public MailboxSnapshot With(IEnumerable<MessageState> messages)
    {
        var (uids, flags) = (Uids.ToList(), Flags.ToList());
        foreach (var message in messages)
        {
            var place = uids.BinarySearch(message.Uid);
            if (place >= 0) { flags[place] = message.Mark; }
            else
            {
                uids.Insert(~place, message.Uid);
                flags.Insert(~place, message.Mark);
            }
        }

        return this with { Uids = uids, Flags = flags };
    }

    /// <summary>The same without these messages.</summary>
    public MailboxSnapshot Without(IReadOnlyCollection<uint> gone)
    {
        var (uids, flags) = (new List<uint>(Uids.Count), new List<uint>(Flags.Count));
        var without = gone.ToHashSet();
        for (var place = 0; place < Uids.Count; place++)
        {
            if (without.Contains(Uids[place])) { continue; }

            uids.Add(Uids[place]);
            flags.Add(Flags[place]);
        }

        return this with { Uids = uids, Flags = flags };
    }

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

    /// <summary>What was written, compressed: most messages have the flags of their neighbours.</summary>
    public static byte[] Pack(Action<BinaryWriter> write)
    {
        using var plain = new MemoryStream();
        using var writer = new BinaryWriter(plain);
        write(writer);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) { brotli.Write(plain.GetBuffer(), 0, (int)plain.Length); }

        return packed.ToArray();
    }

    public static T Unpack<T>(byte[] packed, Func<BinaryReader, T> read)
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress));
        return read(reader);
    }

    private int PlaceOf(uint uid)
    {
        var (low, high) = (0, Uids.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Uids[middle] == uid) { return middle; }

            if (Uids[middle] < uid) { low = middle + 1; }
            else { high = middle - 1; }
        }

        return -1;
    }
}
