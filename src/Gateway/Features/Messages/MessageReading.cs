using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Opens messages: the rendered bodies come from memory when they were read before, flags are those the server last told of.</summary>
internal sealed class MessageReading(ImapPool pool, Watchers watchers, MessageLocator locator, MessageRows rows, ContentCache contents, TrustedServers trusted, TimeProvider clock)
{
    /// <param name="message">The key under which the caller knows it.</param>
    /// <param name="markSeen">Also set the seen flag.</param>
    /// <param name="withContent">False when nothing of its bytes will be looked at: then none are fetched.</param>
    /// <exception cref="MailException">The message was expunged, or what else went wrong.</exception>
    public async Task<Message> ReadAsync(AccountId account, MessageKey message, MessageLocation at, bool markSeen, CancellationToken ct, bool withContent = true)
    {
        var mailbox = await locator.MailboxAsync(account, at, ct);
        var known = contents.Find(account, at);
        watchers.Touch(account, at.Path);
        if (known is not null && !markSeen && StateInView(account, at) is { } state) { return known.With(message, mailbox, state.Flags, state.Keywords); }

        var facts = known?.Facts ?? await rows.FactsAsync(account, mailbox, at, ct);
        FetchedMessage? fetched = null;
        var (flags, keywords) = await pool.RunAsync(account, at.Path, markSeen ? FolderAccess.ReadWrite : FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            var uid = lease.Uid(at);
            if (known is null && withContent) { fetched = await FetchedMessage.FetchAsync(await MessageBytes.OpenAsync(lease, uid, facts.Size), facts.Outline?.Parts); }

            if (!markSeen && StateInView(account, at) is { } told) { return (told.Flags, told.Keywords); }

            // With the answer to another command the server has told of changes.
            if (fetched is null) { await lease.RefreshAsync(); }

            return await StateAsync(lease, uid, markSeen);
        }, ct, Freshness.AsLeft);

        if (known is null && fetched is null) { return new MessageContent(facts, null, null, HeaderDetails.None, null, null, [], []).With(message, mailbox, flags, keywords); }

        if (known is null)
        {
            known = await fetched!.RenderAsync(facts, AttachmentUrl, fetched.TellsOfSender ? await trusted.OfAsync(account, ct) : _ => false, clock, ct);
            contents.Keep(account, at, known);
        }

        return known.With(message, mailbox, flags, keywords);

        string AttachmentUrl(string part) => $"/v1/accounts/{account}/messages/{message}/attachments/{part}";
    }

    private MessageState? StateInView(AccountId account, MessageLocation at) =>
        watchers.View(account, at.Path) is { } view && view.UidValidity == at.UidValidity ? view.Find(at.Uid) : null;

    private static async Task<(MessageFlags Flags, IEnumerable<string> Keywords)> StateAsync(MailboxLease lease, UniqueId uid, bool markSeen)
    {
        if (await lease.Folder.FetchAsync([uid], MessageRows.FlagItems, lease.CommandToken) is not [var state])
        {
            throw new MailException(MailFault.MessageGone, "The message was expunged.");
        }

        var flags = state.Flags ?? MessageFlags.None;
        if (!markSeen || flags.HasFlag(MessageFlags.Seen)) { return (flags, state.Keywords); }

        await lease.Folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, lease.CommandToken);
        return (flags | MessageFlags.Seen, state.Keywords);
    }
}
