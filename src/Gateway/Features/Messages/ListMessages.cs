using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;
using MailKit.Search;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class ListMessages
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("", HandleAsync)
        .WithName("ListMessages").WithSummary("List the messages of a mailbox, newest first").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="mailbox">The mailbox's id.</param>
    /// <param name="unread">Only unread (true) or only read (false) messages.</param>
    /// <param name="flagged">Only flagged (true) or only unflagged (false) messages.</param>
    /// <param name="limit">Messages a page, 1 to 200.</param>
    /// <param name="cursor">nextCursor of the page before: stays right while mail arrives or is expunged.</param>
    /// <param name="offset">Skip this many instead: random access for a scroll bar.</param>
    internal static async Task<Results<Ok<Page<MessageRow>>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxId mailbox, ImapPool pool, Watchers watchers, MailboxNumbers numbers, MessageRows rows, CancellationToken ct,
        bool? unread = null, bool? flagged = null, int limit = PageLimit.Default, string? cursor = null, int offset = 0)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        if (offset < 0) { return Problems.Malformed(new(null, "offset", "must not be negative")); }

        ListCursor? after = null;
        if (cursor is not null)
        {
            if (!ListCursor.TryParse(cursor, out var place)) { return Problems.MalformedCursor; }

            after = place;
        }

        if (await numbers.FindAsync(accountId, mailbox, ct) is not { } at) { return Problems.MailboxNotFound; }

        var (with, without) = Wanted(unread, flagged);
        var piece = watchers.View(accountId, at.Path) is { } view && view.UidValidity == at.UidValidity
            ? MessageListing.Of(view, with, without, after, offset, limit)
            : await pool.RunAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive, lease =>
            {
                if (lease.UidValidity != at.UidValidity) { throw new MailException(MailFault.MailboxGone, "The mailbox was made anew; list the mailboxes again."); }

                return with == MessageFlags.None && without == MessageFlags.None
                    ? MessageListing.AllAsync(lease, after, offset, limit)
                    : MessageListing.MatchingAsync(lease, Query(with, without), after, offset, limit);
            }, ct);
        watchers.Touch(accountId, at.Path);
        var items = await rows.ReadAsync(accountId, mailbox, at, piece.Messages, ct);
        return TypedResults.Ok(new Page<MessageRow>(items, piece.Next?.ToString(), piece.Total));
    }

    private static (MessageFlags With, MessageFlags Without) Wanted(bool? unread, bool? flagged) => (
        (unread == false ? MessageFlags.Seen : MessageFlags.None) | (flagged == true ? MessageFlags.Flagged : MessageFlags.None),
        (unread == true ? MessageFlags.Seen : MessageFlags.None) | (flagged == false ? MessageFlags.Flagged : MessageFlags.None));

    private static SearchQuery Query(MessageFlags with, MessageFlags without) =>
        with == MessageFlags.None ? SearchQuery.NotFlags(without)
        : without == MessageFlags.None ? SearchQuery.HasFlags(with)
        : SearchQuery.HasFlags(with).And(SearchQuery.NotFlags(without));
}
