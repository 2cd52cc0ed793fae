using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Blobs;

internal static class DeleteBlob
{
    public static void Map(IEndpointRouteBuilder blobs) => blobs.MapDelete("{blobId}", HandleAsync)
        .WithName("DeleteBlob").WithSummary("Forget an upload; what it was attached to keeps it").RequireScope(BlobsEndpoints.Scopes);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(AccountId accountId, string blobId, BlobStore blobs, CancellationToken ct) =>
        Guid.TryParseExact(blobId, "N", out var id) && await blobs.DeleteAsync(accountId, id, ct) ? TypedResults.NoContent() : Problems.BlobNotFound;
}
