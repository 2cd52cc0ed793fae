using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class ListMessages
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("", HandleAsync)
        .WithName("ListMessages").WithSummary("List or search the messages of a mailbox, newest first").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="mailbox">The mailbox's id.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="limit">Messages a page, 1 to 200.</param>
    /// <param name="cursor">nextCursor of the page before: stays right while mail arrives or is expunged.</param>
    /// <param name="offset">Skip this many instead: random access for a scroll bar.</param>
    internal static async Task<Results<Ok<Page<MessageRow>>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxId mailbox, [AsParameters] MessageFilter filter, ImapPool pool, Watchers watchers, MailboxNumbers numbers, MessageRows rows, CancellationToken ct,
        int limit = PageLimit.Default, string? cursor = null, int offset = 0)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        if (offset < 0) { return Problems.Malformed(new(null, "offset", "must not be negative")); }

        if (filter.Fault() is { } fault) { return Problems.Malformed(fault); }

        ListCursor? after = null;
        if (cursor is not null)
        {
            if (!ListCursor.TryParse(cursor, out var place)) { return Problems.MalformedCursor; }

            after = place;
        }

        if (await numbers.FindAsync(accountId, mailbox, ct) is not { } at) { return Problems.MailboxNotFound; }

        var piece = filter.IsOfFlags && watchers.View(accountId, at.Path) is { } view && view.UidValidity == at.UidValidity
            ? MessageListing.Of(view, filter.With, filter.Without, after, offset, limit)
            : await pool.RunAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive, lease =>
            {
                if (lease.UidValidity != at.UidValidity) { throw new MailException(MailFault.MailboxGone, "The mailbox was made anew; list the mailboxes again."); }

                return filter.IsEmpty
                    ? MessageListing.AllAsync(lease, after, offset, limit)
                    : MessageListing.MatchingAsync(lease, filter.Query(), after, offset, limit);
            }, ct);
        watchers.Touch(accountId, at.Path);
        var items = await rows.ReadAsync(accountId, mailbox, at, piece.Messages, ct);
        return TypedResults.Ok(new Page<MessageRow>(items, piece.Next?.ToString(), piece.Total));
    }
}
