using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

internal static class ListMailboxes
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapGet("", HandleAsync)
        .WithName("ListMailboxes").WithSummary("List the mailboxes with their roles and counts, roles first").RequireScope(Scopes.MailRead);

    internal static async Task<Ok<Page<Mailbox>>> HandleAsync(AccountId accountId, MailboxTree tree, CancellationToken ct)
    {
        var mailboxes = await tree.ReadAsync(accountId, Lane.Interactive, ct);
        return TypedResults.Ok(new Page<Mailbox>(mailboxes, null, mailboxes.Count));
    }
}
