using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Blobs;

internal static class UpdateBlob
{
    public static void Map(IEndpointRouteBuilder blobs) => blobs.MapPatch("{blobId}", HandleAsync)
        .WithName("UpdateBlob").WithSummary("Add the next bytes to an upload. The header Upload-Offset says where they begin, which must be where the blob ends; a HEAD tells that place")
        .Accepts<Stream>("application/octet-stream").WithProblems(409, 413, 415).RequireScope(BlobsEndpoints.Scopes);

    /// <param name="accountId">The account.</param>
    /// <param name="blobId">The upload.</param>
    /// <param name="uploadOffset">Where these bytes begin: the size of the blob so far.</param>
    /// <param name="uploadComplete">`?0` when more is to follow, `?1` or absent when this is the rest.</param>
    internal static async Task<Results<Ok<Blob>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string blobId, [FromHeader(Name = BlobUpload.OffsetHeader)] long uploadOffset, HttpContext context, BlobStore blobs,
        IOptions<BlobOptions> options, CancellationToken ct, [FromHeader(Name = BlobUpload.CompleteHeader)] string? uploadComplete = null)
    {
        if (BlobUpload.Completes(uploadComplete) is not { } completes) { return Problems.Malformed(new(null, BlobUpload.CompleteHeader, "is neither ?1 nor ?0")); }

        if (await blobs.FindAsync(accountId, blobId, ct) is not { } blob) { return Problems.BlobNotFound; }

        BlobUpload.Tell(context.Response, blob);
        if (blob.IsComplete || uploadOffset != blob.Size) { return Problems.UploadOffsetMismatch; }

        BlobUpload.LiftLimit(context);
        var outcome = await blobs.AppendAsync(blob, context.Request.Body, completes, ct);
        BlobUpload.Tell(context.Response, blob);
        return outcome switch
        {
            BlobStore.Outcome.Stored => TypedResults.Ok(Blob.From(blob)),
            BlobStore.Outcome.Raced => Problems.UploadOffsetMismatch,
            _ => AddBlob.TooLarge(options.Value),
        };
    }
}
