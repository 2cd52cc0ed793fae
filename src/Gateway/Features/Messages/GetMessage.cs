using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}", HandleAsync)
        .WithName("GetMessage").WithSummary("Get a message: headers, text, safe html, part tree and attachments").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="markSeen">Also set the seen flag.</param>
    internal static async Task<Results<Ok<Message>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, ImapPool pool, ContentCache contents, MessageChanges changes,
        HttpContext context, TimeProvider clock, CancellationToken ct, bool markSeen = false)
    {
        if (markSeen && !context.Caller().May(Scopes.MailWrite)) { return Problems.InsufficientScope; }

        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        string AttachmentUrl(string part) => $"/v1/accounts/{accountId}/messages/{messageId}/attachments/{part}";
        var access = markSeen ? FolderAccess.ReadWrite : FolderAccess.ReadOnly;
        var mailbox = await locator.MailboxAsync(accountId, at, ct);
        var message = await pool.RunAsync(accountId, at.Path, access, Lane.Interactive, async lease =>
        {
            var uid = lease.Uid(at);
            var known = contents.Find(accountId, at);
            var (content, state) = known is null
                ? await ContentReading.ReadAsync(lease, uid, AttachmentUrl, clock)
                : (known, await StateAsync(lease, uid));
            if (known is null) { contents.Keep(accountId, at, content); }

            var flags = state.Flags ?? MessageFlags.None;
            if (markSeen && !flags.HasFlag(MessageFlags.Seen))
            {
                flags |= MessageFlags.Seen;
                await lease.Folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, lease.CommandToken);
            }

            return content.With(messageId, mailbox, flags, state.Keywords);
        }, ct);
        if (markSeen) { await changes.UpdatedAsync(accountId, at.Path, new(messageId, mailbox, message.Flags, message.Keywords), ct); }

        return TypedResults.Ok(message);
    }

    private static async Task<IMessageSummary> StateAsync(MailboxLease lease, UniqueId uid) =>
        await lease.Folder.FetchAsync([uid], MessageRows.FlagItems, lease.CommandToken) is [var state]
            ? state
            : throw new MailException(MailFault.MessageGone, "The message was expunged.");
}
