using Gateway.Features.Events;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

/// <summary>The data of a <c>mailbox.deleted</c> event.</summary>
public sealed record MailboxRemoval(MailboxId Id);

internal static class DeleteMailbox
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapDelete("{mailboxId}", HandleAsync)
        .WithName("DeleteMailbox").WithSummary("Delete an empty mailbox; with force=true, one with its messages, or one that plays a role")
        .WithProblems(422).RequireScope(Scopes.MailWrite);

    /// <param name="accountId">The account.</param>
    /// <param name="mailboxId">The mailbox.</param>
    /// <param name="force">Delete it although it holds messages or plays a role.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxId mailboxId, MailboxTree tree, MailboxEditing editing, TreeTelling telling, CancellationToken ct, bool force = false)
    {
        var mailboxes = await tree.ReadAsync(accountId, Lane.Interactive, ct);
        if (mailboxes.FirstOrDefault(m => m.Id == mailboxId) is not { } mailbox) { return Problems.MailboxNotFound; }

        if (mailbox.Role == MailboxRole.Inbox) { return Problems.MailboxInUse("The inbox cannot be deleted."); }

        if (mailboxes.Any(m => m.ParentId == mailboxId)) { return Problems.MailboxInUse("There are mailboxes below it: delete or move them first."); }

        if (!force && mailbox.Role is { } role) { return Problems.MailboxInUse($"It is where {role.ToString().ToLowerInvariant()} mail goes: delete it with force=true if you mean to."); }

        if (!force && mailbox.Total > 0) { return Problems.MailboxInUse($"It holds {mailbox.Total} messages: move them, or delete it with force=true."); }

        using var turn = await telling.EnterAsync(accountId, ct);
        try { await editing.DeleteAsync(accountId, mailbox.Path, ct); }
        catch (MailException refused) when (refused.Fault == MailFault.Rejected) { return Problems.MailboxRefused(refused); }

        await telling.TellAsync(accountId, EventTypes.MailboxDeleted, mailboxId, [], new MailboxRemoval(mailboxId), CancellationToken.None);
        await tree.ReadAsync(accountId, Lane.Interactive, CancellationToken.None); // forgets the role it played, and the keys of its messages
        return TypedResults.NoContent();
    }
}
