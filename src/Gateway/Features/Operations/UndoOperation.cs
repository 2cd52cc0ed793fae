using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Operations;

internal static class UndoOperation
{
    public static void Map(IEndpointRouteBuilder operations) => operations.MapPost("{operationId}/undo", HandleAsync)
        .WithName("UndoOperation").WithSummary("Move what an operation moved, to the trash or elsewhere, back to where each message was; those that were moved again stay")
        .WithProblems(409).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Accepted<Operation>, ProblemHttpResult>> HandleAsync(
        string operationId, Operations operations, HttpContext context, TimeProvider clock, CancellationToken ct)
    {
        if (await GetOperation.FindAsync(operationId, operations, context, ct) is not { } found) { return Problems.OperationNotFound; }

        if (!found.CanUndo()) { return Problems.OperationNotUndoable; }

        var done = OperationWork.Of(found);
        var undo = new OperationWork(Action: null, done.Target)
            .ToRecord(found.Account, [.. Enumerable.Range(0, found.Done).Select(i => (done.Key(i), done.Source(i)))], clock.GetUtcNow(), found.Id);
        return await operations.AddUndoAsync(undo, ct) ? TypedResults.Accepted($"/v1/operations/{undo.Id:N}", Operation.From(undo)) : Problems.OperationNotUndoable;
    }

    /// <summary>Whether it moved something and has ended, and nobody took it back.</summary>
    internal static bool CanUndo(this OperationRecord record) =>
        record is { State: not OperationState.Running, Undoes: null, UndoneBy: null, Done: > 0 } && record.Sources.Length > 0;
}
