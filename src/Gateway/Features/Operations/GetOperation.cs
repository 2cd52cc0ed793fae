using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Operations;

internal static class GetOperation
{
    public static void Map(IEndpointRouteBuilder operations) => operations.MapGet("{operationId}", HandleAsync)
        .WithName("GetOperation").WithSummary("How far work on many messages is; the event operation.progress tells the same as it goes").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Operation>, ProblemHttpResult>> HandleAsync(string operationId, Operations operations, HttpContext context, CancellationToken ct) =>
        await FindAsync(operationId, operations, context, ct) is { } found ? TypedResults.Ok(Operation.From(found)) : Problems.OperationNotFound;

    /// <summary>The operation, when the caller reaches its account.</summary>
    internal static async Task<OperationRecord?> FindAsync(string operationId, Operations operations, HttpContext context, CancellationToken ct) =>
        Guid.TryParseExact(operationId, "N", out var id) && await operations.FindAsync(id, ct) is { } found && context.Caller().Reaches(found.Account) ? found : null;
}
