using Gateway.Features.Events;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

/// <summary>What to change about a mailbox; what is absent stays. Its id and those of its messages stay in any case.</summary>
/// <param name="Name">Its new name.</param>
/// <param name="ParentId">The mailbox to move it below, with all that is below it.</param>
/// <param name="ToTop">True moves it to the top.</param>
/// <param name="Subscribed">Whether mail programs should show it.</param>
/// <param name="Role">What it is to be used for here, whatever the server says; another mailbox with this role loses it.</param>
/// <param name="ServerRole">True: the role the server gives it, and no other.</param>
public sealed record MailboxUpdate(
    string? Name = null, MailboxId? ParentId = null, bool? ToTop = null, bool? Subscribed = null, MailboxRole? Role = null, bool? ServerRole = null);

internal static class UpdateMailbox
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapPatch("{mailboxId}", HandleAsync)
        .WithName("UpdateMailbox").WithSummary("Rename, move, subscribe or unsubscribe a mailbox, or choose its role; its id and its messages' ids stay the same")
        .WithProblems(413, 422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<Mailbox>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxId mailboxId, MailboxUpdate request, MailboxTree tree, MailboxEditing editing, ChosenRoles roles, TreeTelling telling, CancellationToken ct)
    {
        if (Check(request) is { Passed: false } checks) { return Problems.Invalid(checks.Faults); }

        var mailboxes = await tree.ReadAsync(accountId, Lane.Interactive, ct);
        if (mailboxes.FirstOrDefault(m => m.Id == mailboxId) is not { } mailbox) { return Problems.MailboxNotFound; }

        var above = request.ToTop == true ? null : request.ParentId ?? mailbox.ParentId;
        var parent = above is { } id ? mailboxes.FirstOrDefault(m => m.Id == id) : null;
        if (above is not null && parent is null) { return Problems.MailboxNotFound; }

        var name = request.Name ?? mailbox.Name;
        var moves = name != mailbox.Name || above != mailbox.ParentId;
        using var turn = await telling.EnterAsync(accountId, ct);
        if (moves)
        {
            if (mailbox.Role == MailboxRole.Inbox) { return Problems.MailboxInUse("The inbox keeps its name and place."); }

            for (var up = parent; up is not null; up = mailboxes.FirstOrDefault(m => m.Id == up.ParentId))
            {
                if (up.Id == mailboxId) { return Problems.Invalid([new("/parentId", null, "is below the mailbox itself")]); }
            }

            if (mailboxes.Any(m => m.Id != mailboxId && m.ParentId == above && m.IsNamed(name))) { return Problems.MailboxExists; }

            try
            {
                if (await editing.RenameAsync(accountId, mailbox.Path, parent?.Path, name, ct) is { } fault) { return Problems.Invalid([new("/name", null, fault)]); }
            }
            catch (MailException refused) when (refused.Fault == MailFault.Rejected) { return Problems.MailboxRefused(refused); }
        }

        if (request is { Role: not null } or { ServerRole: true })
        {
            if (mailbox.Role == MailboxRole.Inbox) { return Problems.MailboxInUse("The inbox keeps its role."); }

            await roles.ChooseAsync(accountId, mailboxId, request.Role, CancellationToken.None);
        }

        if (request.Subscribed is { } subscribed && (moves || subscribed != mailbox.Subscribed))
        {
            var path = (await tree.ReadAsync(accountId, Lane.Interactive, CancellationToken.None)).FirstOrDefault(m => m.Id == mailboxId)?.Path ?? mailbox.Path;
            await editing.SubscribeAsync(accountId, path, subscribed, CancellationToken.None);
        }

        return await editing.ToldAsync(accountId, EventTypes.MailboxRenamed, m => m.Id == mailboxId, CancellationToken.None) is { } changed
            ? TypedResults.Ok(changed)
            : Problems.MailboxNotFound;
    }

    private static Checks Check(MailboxUpdate request)
    {
        var checks = new Checks();
        if (request.Name is { } name && MailboxName.Fault(name) is { } fault) { checks.Fail("/name", fault); }

        if (request.ParentId is not null && request.ToTop == true) { checks.Fail("/toTop", "cannot go with parentId"); }

        if (request.Role == MailboxRole.Inbox) { checks.Fail("/role", "is for the inbox alone"); }

        if (request.Role is not null && request.ServerRole == true) { checks.Fail("/serverRole", "cannot go with role"); }

        return checks;
    }
}
