using System.IO.Compression;
using Gateway.Mail;

namespace Gateway.Features.Changes;

/// <summary>What all mailboxes of an account held.</summary>
internal static class SyncState
{
    public static byte[] Write(IReadOnlyDictionary<MailboxId, MailboxSnapshot> mailboxes)
    {
        using var plain = new MemoryStream();
        using var writer = new BinaryWriter(plain);
        writer.Write7BitEncodedInt(mailboxes.Count);
        foreach (var (id, snapshot) in mailboxes.OrderBy(m => m.Key.Number))
        {
            writer.Write7BitEncodedInt64(id.Number);
            snapshot.Write(writer);
        }

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) { brotli.Write(plain.GetBuffer(), 0, (int)plain.Length); }

        return packed.ToArray();
    }

    public static Dictionary<MailboxId, MailboxSnapshot> Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress));
        var mailboxes = new Dictionary<MailboxId, MailboxSnapshot>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var id = new MailboxId((uint)reader.Read7BitEncodedInt64());
            mailboxes[id] = MailboxSnapshot.Read(reader);
        }

        return mailboxes;
    }
}
