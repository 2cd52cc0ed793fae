using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Operations;

internal static class CancelOperation
{
    public static void Map(IEndpointRouteBuilder operations) => operations.MapDelete("{operationId}", HandleAsync)
        .WithName("CancelOperation").WithSummary("Stop work on many messages; what is done by then stays done. One that has ended is left as it is").RequireScope(Scopes.MailWrite);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string operationId, Operations operations, HttpContext context, CancellationToken ct)
    {
        if (await GetOperation.FindAsync(operationId, operations, context, ct) is not { } found) { return Problems.OperationNotFound; }

        await operations.CancelAsync(found, ct);
        return TypedResults.NoContent();
    }
}
