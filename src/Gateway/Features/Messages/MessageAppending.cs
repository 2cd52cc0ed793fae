using Gateway.Features.Mailboxes;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

internal static class MessageAppending
{
    /// <summary>APPENDUID (RFC 4315) tells the UID; without it, it is the newest that came since, with its Message-ID if it has one.</summary>
    public static async Task<uint> AppendAsync(MailboxLease lease, MailboxPlace place, AppendRequest append)
    {
        place.ThrowIfMadeAnew(lease);
        var next = lease.Folder.UidNext?.Id ?? 1;
        if (await lease.Folder.AppendAsync(append, lease.CommandToken) is { } told) { return told.Id; }

        await lease.RefreshAsync();
        SearchQuery query = SearchQuery.Uids(new UniqueIdRange(new UniqueId(next), UniqueId.MaxValue));
        if (append.Message.MessageId is { } messageId) { query = query.And(SearchQuery.HeaderContains("Message-Id", messageId)); }

        var since = await lease.Folder.SearchAsync(query, lease.CommandToken);
        return since.Count > 0 ? since.Max(u => u.Id) : throw new MailException(MailFault.Protocol, "The server took the message and does not show it.");
    }
}
