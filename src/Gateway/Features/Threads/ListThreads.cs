using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Threads;

internal static class ListThreads
{
    public static void Map(IEndpointRouteBuilder threads) => threads.MapGet("", HandleAsync)
        .WithName("ListThreads").WithSummary("List the conversations of a mailbox, or those in which a search finds something: the one with the newest message there first")
        .RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="filter">Which messages have to be in them.</param>
    /// <param name="mailbox">The mailbox; the inbox when neither this nor `role` is given.</param>
    /// <param name="role">Or: the mailbox with this role.</param>
    internal static async Task<Results<Ok<Page<MailThread>>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, [AsParameters] MessageFilter filter, MailboxTree tree, MailboxNumbers numbers, ThreadListing listing, ThreadReading reading, CancellationToken ct, MailboxId? mailbox = null, WireEnum<MailboxRole>? role = null, string? cursor = null, int limit = PageLimit.Default)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        if (mailbox is not null && role is not null) { return Problems.Malformed(new(null, "role", "cannot go with mailbox")); }

        if (filter.Fault() is { } fault) { return Problems.Malformed(fault); }

        if (filter.WantsAttachments is not null) { return Problems.Malformed(new(null, "hasAttachment", "cannot be asked of conversations")); }

        ListCursor? after = null;
        if (cursor is not null)
        {
            if (!ListCursor.TryParse(cursor, out var place)) { return Problems.MalformedCursor; }

            after = place;
        }

        var id = mailbox ?? (await tree.FindAsync(accountId, role?.Value ?? MailboxRole.Inbox, Lane.Interactive, ct))?.Id;
        if (id is not { } here) { return TypedResults.Ok(new Page<MailThread>([], null, 0)); }

        if (await numbers.FindAsync(accountId, here, ct) is not { } at) { return Problems.MailboxNotFound; }

        var piece = await listing.ReadAsync(accountId, here, at, filter, after, offset: 0, limit, known: true, ct);
        var items = await reading.ReadAsync(accountId, piece.Groups, [.. piece.Threads.Select(m => m.Thread).OfType<ThreadId>()], ct);
        return TypedResults.Ok(new Page<MailThread>(items, piece.Next?.ToString(), piece.Total));
    }
}
