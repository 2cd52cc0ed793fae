using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class DeleteMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapDelete("{messageId}", HandleAsync)
        .WithName("DeleteMessage").WithSummary("Move a message to the trash; with permanent=true, or in the trash already, expunge just this message")
        .HonourIfMatch().RequireScope(Scopes.MailWrite);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, MailboxTree tree, MailboxNumbers numbers,
        ImapPool pool, MessageMoves moves, CancellationToken ct, bool permanent = false)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var trash = permanent ? null : await tree.EnsureAsync(accountId, MailboxRole.Trash, Lane.Interactive, ct);
        if (trash is not null && trash.Path != at.Path && await numbers.FindAsync(accountId, trash.Id, ct) is { } place)
        {
            await moves.MoveAsync(accountId, messageId, at, place, ct);
            return TypedResults.NoContent();
        }

        var mailbox = await locator.MailboxAsync(accountId, at, ct);
        await pool.RunAsync(accountId, at.Path, FolderAccess.ReadWrite, Lane.Interactive, async lease =>
        {
            await ExpungeAsync(lease, [lease.Uid(at)]);
            return true;
        }, ct);
        await locator.DropAsync(accountId, mailbox, [at.Uid], ct);
        return TypedResults.NoContent();
    }

    /// <summary>Safe to repeat: a UID names one message for good, and expunging it twice finds nothing the second time.</summary>
    internal static async Task ExpungeAsync(MailboxLease lease, IList<UniqueId> uids)
    {
        await lease.Folder.AddFlagsAsync(uids, MessageFlags.Deleted, silent: true, lease.CommandToken);
        await lease.Folder.ExpungeAsync(uids, lease.CommandToken);
    }
}
