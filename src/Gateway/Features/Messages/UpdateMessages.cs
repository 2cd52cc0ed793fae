using Gateway.Features.Mailboxes;
using Gateway.Features.Operations;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Messages;

internal static class UpdateMessages
{
    private const int MaxMessages = 1000;

    public static void Map(IEndpointRouteBuilder messages) => messages.MapPost("batch", HandleAsync)
        .WithName("UpdateMessages").WithSummary("Flag, move, copy, trash or expunge many messages; each has its own result. Over 1,000 are an operation, which goes on in the background")
        .WithProblems(413, 422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<BatchAnswer>, Accepted<Operation>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageBatch request, BatchSelection selection, BatchWriting writing, MailboxNumbers numbers, MailboxTree tree,
        Operations.Operations operations, IOptions<OperationOptions> limits, GatewayDb db, TimeProvider clock, CancellationToken ct)
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

            if (found.Messages.Count > limits.Value.MaxMessages) { return Problems.Invalid([new("/query", null, $"finds {found.Messages.Count} messages; at most {limits.Value.MaxMessages} at once")]); }

            selected = [found];
        }
        else
        {
            selected = await selection.OfAsync(accountId, request.Ids!, ct);
            if (selected.Count == 0 && !await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }
        }

        // What is moved can be moved back: the operation remembers where it was.
        var work = new OperationWork(request.Action with { Trash = null, MoveTo = request.Action.CopyTo is null ? targetId : null }, request.Action.CopyTo ?? targetId);
        List<(MessageKey, MailboxId)> sources = [];
        foreach (var (place, messages) in selected)
        {
            var source = await numbers.NumberAsync(accountId, place.Path, place.UidValidity, ct);
            sources.AddRange(messages.Select(m => (m.Key, source)));
        }

        if (sources.Count > MaxMessages)
        {
            var running = work.ToRecord(accountId, sources, clock.GetUtcNow());
            await operations.AddAsync(running, ct);
            return TypedResults.Accepted($"/v1/operations/{running.Id:N}", Operation.From(running));
        }

        Dictionary<MessageKey, BatchResult> results = [];
        foreach (var (place, messages) in selected)
        {
            foreach (var result in await writing.ApplyAsync(accountId, place, messages, request.Action, target, Lane.Interactive, ct)) { results[result.Id] = result; }
        }

        var ended = work.Action!.MoveTo is null ? null : work.ToRecord(accountId, [.. sources.Where(s => results.GetValueOrDefault(s.Item1) is { Status: BatchStatus.Ok })], clock.GetUtcNow());
        if (ended is not null && ended.Messages.Length > 0)
        {
            (ended.State, ended.EndedAt, ended.Done) = (OperationState.Completed, ended.CreatedAt, OperationWork.Of(ended).Count);
            await operations.AddAsync(ended, CancellationToken.None);
        }

        var order = request.Ids ?? [.. selected.SelectMany(s => s.Messages).Select(m => m.Key)];
        return TypedResults.Ok(new BatchAnswer([.. order.Select(id => results.GetValueOrDefault(id) ?? BatchResult.Failed(id, new("message-not-found", "The account has no message with this id.")))], ended?.Messages.Length > 0 ? ended.Id.ToString("N") : null));
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
