using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Blobs;

internal static class CheckBlob
{
    public static void Map(IEndpointRouteBuilder blobs) => blobs.MapMethods("{blobId}", [HttpMethods.Head], HandleAsync)
        .WithName("CheckBlob").WithSummary("How far an upload is: the headers Upload-Offset and Upload-Complete say").RequireScope(BlobsEndpoints.Scopes);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string blobId, BlobStore blobs, HttpContext context, CancellationToken ct)
    {
        if (await blobs.FindAsync(accountId, blobId, ct) is not { } blob) { return Problems.BlobNotFound; }

        BlobUpload.Tell(context.Response, blob);
        return TypedResults.NoContent();
    }
}
