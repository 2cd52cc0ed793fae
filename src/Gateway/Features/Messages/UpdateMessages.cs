using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Messages;

internal static class UpdateMessages
{
    private const int MaxMessages = 1000;

    public static void Map(IEndpointRouteBuilder messages) => messages.MapPost("batch", HandleAsync)
        .WithName("UpdateMessages").WithSummary("Flag, move, copy, trash or expunge many messages; each has its own result")
        .WithProblems(413, 422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<BatchAnswer>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageBatch request, BatchSelection selection, BatchWriting writing, MailboxNumbers numbers, MailboxTree tree, GatewayDb db, CancellationToken ct)
    {
        if (Check(request) is { Passed: false } checks) { return Problems.Invalid(checks.Faults); }

        MailboxPlace? target = null;
        var targetId = request.Action is { Trash: true } ? (await tree.EnsureAsync(accountId, MailboxRole.Trash, Lane.Interactive, ct)).Id : request.Action.MoveTo ?? request.Action.CopyTo;
        if (targetId is { } wanted)
        {
            target = await numbers.FindAsync(accountId, wanted, ct);
            if (target is null) { return Problems.MailboxNotFound; }
        }

        IReadOnlyList<(MailboxPlace Place, IReadOnlyList<PlacedMessage> Messages)> selected;
        if (request.Query is { } query)
        {
            var mailbox = query.Role is { } role ? (await tree.FindAsync(accountId, role, Lane.Interactive, ct))?.Id : query.Mailbox;
            if (mailbox is not { } one || await selection.OfAsync(accountId, one, query.Filter ?? new(), ct) is not { } found) { return Problems.MailboxNotFound; }

            if (found.Messages.Count > MaxMessages) { return Problems.Invalid([new("/query", null, $"finds {found.Messages.Count} messages; at most {MaxMessages} at once")]); }

            selected = [found];
        }
        else
        {
            selected = await selection.OfAsync(accountId, request.Ids!, ct);
            if (selected.Count == 0 && !await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }
        }

        Dictionary<MessageKey, BatchResult> results = [];
        foreach (var (place, messages) in selected)
        {
            foreach (var result in await writing.ApplyAsync(accountId, place, messages, request.Action, target, Lane.Interactive, ct)) { results[result.Id] = result; }
        }

        var order = request.Ids ?? [.. selected.SelectMany(s => s.Messages).Select(m => m.Key)];
        return TypedResults.Ok(new BatchAnswer([.. order.Select(id => results.GetValueOrDefault(id) ?? BatchResult.Failed(id, new("message-not-found", "The account has no message with this id.")))]));
    }

    private static Checks Check(MessageBatch request)
    {
        var checks = new Checks();
        if (request.Ids is null == request.Query is null) { checks.Fail("", "needs either ids or query"); }

        if (request.Ids is { Count: 0 or > MaxMessages }) { checks.Fail("/ids", $"must have 1 to {MaxMessages} items"); }

        if (request.Query is { } query)
        {
            if (query.Mailbox is null == query.Role is null) { checks.Fail("/query", "needs either mailbox or role"); }

            if (query.Filter?.Fault() is { } fault) { checks.Fail($"/query/filter/{fault.Parameter}", fault.Detail); }

            if (query.Filter?.WantsAttachments is not null) { checks.Fail("/query/filter", "cannot select by attachments: list them, and send their ids"); }
        }

        CheckAction(checks, request.Action);
        return checks;
    }

    private static void CheckAction(Checks checks, BatchAction action)
    {
        UpdateMessage.CheckKeywords(checks, "/action/keywords", action.Keywords);
        var ends = new[] { action.MoveTo is not null, action.CopyTo is not null, action.Trash == true, action.Expunge == true }.Count(asked => asked);
        if (ends > 1) { checks.Fail("/action", "takes at most one of moveTo, copyTo, trash and expunge"); }
        else if (ends == 0 && action is { Flags: null, Keywords: null }) { checks.Fail("/action", "asks for nothing"); }
    }
}
