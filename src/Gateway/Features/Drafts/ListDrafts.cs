using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Drafts;

internal static class ListDrafts
{
    public static void Map(IEndpointRouteBuilder drafts) => drafts.MapGet("", HandleAsync)
        .WithName("ListDrafts").WithSummary("List the Drafts mailbox, newest first").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Page<MessageRow>>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxTree tree, MailboxNumbers numbers, ArrivalListing listing, CancellationToken ct, string? cursor = null, int limit = PageLimit.Default)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        ListCursor? after = null;
        if (cursor is not null)
        {
            if (!ListCursor.TryParse(cursor, out var place)) { return Problems.MalformedCursor; }

            after = place;
        }

        return await tree.FindAsync(accountId, MailboxRole.Drafts, Lane.Interactive, ct) is { } drafts && await numbers.FindAsync(accountId, drafts.Id, ct) is { } at
            ? TypedResults.Ok(await listing.ReadAsync(accountId, drafts.Id, at, new(), after, 0, limit, ct))
            : TypedResults.Ok(new Page<MessageRow>([], null, 0));
    }
}
