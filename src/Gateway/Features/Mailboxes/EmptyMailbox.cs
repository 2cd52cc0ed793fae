using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

/// <summary>What emptying a mailbox has done.</summary>
/// <param name="Expunged">Messages that are gone for good.</param>
/// <param name="Failed">Messages that are still there because the server refused.</param>
public sealed record EmptiedMailbox(int Expunged, int Failed);

internal static class EmptyMailbox
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapPost("{mailboxId}/empty", HandleAsync)
        .WithName("EmptyMailbox").WithSummary("Expunge everything in the trash or the junk mailbox").RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<EmptiedMailbox>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxId mailboxId, MailboxTree tree, BatchSelection selection, BatchWriting writing, CancellationToken ct)
    {
        if ((await tree.ReadAsync(accountId, Lane.Interactive, ct)).FirstOrDefault(m => m.Id == mailboxId) is not { } mailbox) { return Problems.MailboxNotFound; }

        if (mailbox.Role is not (MailboxRole.Trash or MailboxRole.Junk)) { return Problems.MailboxInUse("Only the trash and the junk mailbox are emptied at once."); }

        if (await selection.OfAsync(accountId, mailboxId, new(), ct) is not { } all) { return Problems.MailboxNotFound; }

        var results = await writing.ApplyAsync(accountId, all.Place, all.Messages, new(Expunge: true), target: null, Lane.Interactive, ct);
        var failed = results.Count(r => r.Status == BatchStatus.Failed && r.Problem?.Code != "message-gone");
        return TypedResults.Ok(new EmptiedMailbox(results.Count - failed, failed));
    }
}
