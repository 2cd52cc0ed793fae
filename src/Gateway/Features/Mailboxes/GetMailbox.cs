using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

internal static class GetMailbox
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapGet("{mailboxId}", HandleAsync)
        .WithName("GetMailbox").WithSummary("Get a mailbox with its counts and what the account may do with it").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Mailbox>, ProblemHttpResult>> HandleAsync(AccountId accountId, MailboxId mailboxId, MailboxTree tree, CancellationToken ct) =>
        (await tree.ReadAsync(accountId, Lane.Interactive, ct)).FirstOrDefault(m => m.Id == mailboxId) is { } mailbox
            ? TypedResults.Ok(mailbox with { Rights = await tree.RightsAsync(accountId, mailbox, ct) })
            : Problems.MailboxNotFound;
}
