using Gateway.Features.Mailboxes;
using Gateway.Features.Threads;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class ListMessages
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("", HandleAsync)
        .WithName("ListMessages").WithSummary("List or search the messages of a mailbox, or of all mailboxes at once").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="request">Where to look, and which piece in which order.</param>
    /// <param name="filter">Which messages.</param>
    internal static async Task<Results<Ok<Page<MessageRow>>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, [AsParameters] ListRequest request, [AsParameters] MessageFilter filter,
        MailboxNumbers numbers, MessageLocator locator, MailboxTree tree, ArrivalListing arrivals, WideListing wide, CollapsedListing collapsed,
        HttpContext context, CancellationToken ct)
    {
        if (PageLimit.Check(request.Limit) is { } problem) { return problem; }

        if ((request.Fault() ?? filter.Fault()) is { } fault) { return Problems.Malformed(fault); }

        if (request.Around is not null && !filter.IsEmpty) { return Problems.Malformed(new(null, "around", "cannot go with filters")); }

        var (unknown, fields) = FieldSelection.Read<MessageRow>(context, request.Fields);
        if (unknown is not null) { return Problems.Malformed(unknown); }

        var mailbox = request.Mailbox;
        if (request.Role is { } role)
        {
            if (await tree.FindAsync(accountId, role.Value, Lane.Interactive, ct) is not { } found) { return TypedResults.Ok(new Page<MessageRow>([], null, 0)); }

            mailbox = found.Id;
        }

        if (mailbox is { } one && request.IsByArrival && filter.WantsAttachments is null)
        {
            ListCursor? after = null;
            if (request.Cursor is not null)
            {
                if (!ListCursor.TryParse(request.Cursor, out var place)) { return Problems.MalformedCursor; }

                after = place;
            }

            if (await numbers.FindAsync(accountId, one, ct) is not { } at) { return Problems.MailboxNotFound; }

            if (request.CollapseThreads)
            {
                return TypedResults.Ok(await collapsed.ReadAsync(accountId, one, at, filter, after, request.Offset, request.Limit, ct));
            }

            var offset = request.Offset;
            if (request.Around is { } middle)
            {
                if (await locator.FindAsync(accountId, middle, ct) is not { } shown || (shown.Path, shown.UidValidity) != (at.Path, at.UidValidity)) { return Problems.MessageNotFound; }

                offset = await arrivals.OffsetAroundAsync(accountId, at, shown.Uid, request.Limit, ct);
            }

            var page = await arrivals.ReadAsync(accountId, one, at, filter, after, offset, request.Limit, ct, flagsOnly: fields?.Exceeds("id", "mailboxId", "flags", "keywords") == false);
            return TypedResults.Ok(request.Around is null ? page : page with { Offset = offset });
        }

        if (request.CollapseThreads) { return Problems.Malformed(new(null, "collapseThreads", "cannot go with hasAttachment")); }

        if (request.ToSorted(filter) is not { } query) { return Problems.MalformedCursor; }

        if (mailbox is { } named && await numbers.FindAsync(accountId, named, ct) is null) { return Problems.MailboxNotFound; }

        var mailboxes = mailbox is { } only ? [only] : await wide.EverywhereAsync(accountId, ct);
        return TypedResults.Ok(await wide.ReadAsync(accountId, mailboxes, query, ct));
    }
}
