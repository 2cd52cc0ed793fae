using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Blobs;

internal static class GetBlob
{
    private const string Bytes = "application/octet-stream";

    public static void Map(IEndpointRouteBuilder blobs) => blobs.MapGet("{blobId}", HandleAsync)
        .WithName("GetBlob").WithSummary("Get the bytes of an upload so far; one Range of them is served")
        .Produces<Stream>(StatusCodes.Status200OK, Bytes).Produces<Stream>(StatusCodes.Status206PartialContent, Bytes)
        .WithProblems(StatusCodes.Status416RangeNotSatisfiable).RequireScope(BlobsEndpoints.Scopes);

    internal static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string blobId, BlobStore blobs, HttpContext context, CancellationToken ct)
    {
        if (await blobs.FindAsync(accountId, blobId, ct) is not { } blob) { return Problems.BlobNotFound; }

        var response = context.Response;
        BlobUpload.Tell(response, blob);
        response.ContentType = Bytes;
        response.Headers.AcceptRanges = "bytes";
        Downloads.Protect(response, blob.FileName ?? "blob");
        var (from, left) = (0L, blob.Size);
        if (Downloads.RangeOf(context.Request) is not { } range) { response.ContentLength = blob.Size; }
        else if (Downloads.Begin(response, range, blob.Size) is (var first, var length)) { (from, left) = (first, length); }
        else { return Problems.RangeNotSatisfiable; }

        await foreach (var piece in blobs.ReadAsync(blob, from, ct))
        {
            var wanted = (int)Math.Min(piece.Length, left);
            await response.Body.WriteAsync(piece[..wanted], ct);
            left -= wanted;
            if (left == 0) { break; }
        }

        return TypedResults.Empty;
    }
}
