using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Changes;

/// <summary>What all mailboxes of an account held.</summary>
internal static class SyncState
{
    public static byte[] Write(IReadOnlyDictionary<MailboxId, MailboxSnapshot> mailboxes) => MailboxSnapshot.Pack(writer =>
    {
        writer.Write7BitEncodedInt(mailboxes.Count);
        foreach (var (id, snapshot) in mailboxes.OrderBy(m => m.Key.Number))
        {
            writer.Write7BitEncodedInt64(id.Number);
            snapshot.Write(writer);
        }
    });

    public static Dictionary<MailboxId, MailboxSnapshot> Read(byte[] bytes) => MailboxSnapshot.Unpack(bytes, reader =>
    {
        var mailboxes = new Dictionary<MailboxId, MailboxSnapshot>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var id = new MailboxId((uint)reader.Read7BitEncodedInt64());
            mailboxes[id] = MailboxSnapshot.Read(reader);
        }

        return mailboxes;
    });
}
