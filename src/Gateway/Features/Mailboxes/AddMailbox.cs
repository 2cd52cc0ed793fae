using Gateway.Features.Events;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

/// <summary>A mailbox to create.</summary>
/// <param name="Name">Its name, 1 to 200 characters: any but controls, invisible ones, * and %, and the server's delimiter.</param>
/// <param name="ParentId">The mailbox it goes below; at the top when absent.</param>
public sealed record MailboxRequest(string Name, MailboxId? ParentId = null);

internal static class AddMailbox
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapPost("", HandleAsync)
        .WithName("AddMailbox").WithSummary("Create a mailbox").WithProblems(413, 422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Created<Mailbox>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxRequest request, MailboxTree tree, MailboxEditing editing, TreeTelling telling, CancellationToken ct)
    {
        if (MailboxName.Fault(request.Name) is { } fault) { return Problems.Invalid([new("/name", null, fault)]); }

        var mailboxes = await tree.ReadAsync(accountId, Lane.Interactive, ct);
        var parent = request.ParentId is { } above ? mailboxes.FirstOrDefault(m => m.Id == above) : null;
        if (request.ParentId is not null && parent is null) { return Problems.MailboxNotFound; }

        if (mailboxes.Any(m => m.ParentId == parent?.Id && m.IsNamed(request.Name))) { return Problems.MailboxExists; }

        using var turn = await telling.EnterAsync(accountId, ct);
        try { fault = await editing.CreateAsync(accountId, parent?.Path, request.Name, ct); }
        catch (MailException refused) when (refused.Fault == MailFault.Rejected) { return Problems.MailboxRefused(refused); }

        if (fault is not null) { return Problems.Invalid([new("/name", null, fault)]); }

        var known = mailboxes.Select(m => m.Id).ToHashSet();
        var made = await editing.ToldAsync(accountId, EventTypes.MailboxCreated, m => m.ParentId == parent?.Id && m.IsNamed(request.Name) && !known.Contains(m.Id), CancellationToken.None);
        return made is null
            ? Problems.Of(new MailException(MailFault.MailboxGone, "The server created the mailbox and does not list it."))
            : TypedResults.Created($"/v1/accounts/{accountId}/mailboxes/{made.Id}", made);
    }
}
