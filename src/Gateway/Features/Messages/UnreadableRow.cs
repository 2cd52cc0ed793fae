using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>A message whose envelope or structure breaks the server's answer: listed from a bounded piece of its header, and marked.</summary>
internal static class UnreadableRow
{
    private const int HeaderBytes = 65536;
    private const MessageSummaryItems Harmless = MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Size;

    private static readonly Defect Defect = new("structure-unreadable", "The mail server's description of this message cannot be read. Open the raw message.");

    public static async Task<MessageFacts> ReadAsync(ImapPool pool, AccountId account, MailboxPlace place, UniqueId uid, CancellationToken ct)
    {
        try { return await FromHeaderAsync(pool, account, place, uid, ct); }
        catch (MailException error) when (error.Fault is MailFault.Protocol or MailFault.Rejected)
        {
            return new("", [], [], default, null, 0, null, null, [Defect]); // nothing can be had of it: still it is there
        }
    }

    private static Task<MessageFacts> FromHeaderAsync(ImapPool pool, AccountId account, MailboxPlace place, UniqueId uid, CancellationToken ct) =>
        pool.RunAsync(account, place.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            var summary = (await lease.Folder.FetchAsync([uid], Harmless, lease.CommandToken)).FirstOrDefault();
            await using var stream = await lease.Folder.GetStreamAsync(uid, "HEADER", 0, HeaderBytes, lease.CommandToken);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, lease.CommandToken);
            var header = HeaderReading.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            return new MessageFacts(
                header.Subject, header.From, header.To, summary?.InternalDate ?? default, header.Date, summary?.Size ?? 0,
                null, null, [Defect, .. header.Defects]);
        }, ct);
}
