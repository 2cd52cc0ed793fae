using Gateway.Http;
using Gateway.Mail;
using Gateway.Rendering;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Gateway.Features.Blobs;

internal static class AddBlob
{
    private const string Bytes = "application/octet-stream";
    private const int MaxType = 200;

    public static void Map(IEndpointRouteBuilder blobs) => blobs.MapPost("", HandleAsync)
        .WithName("AddBlob")
        .WithSummary("Upload a file to attach later, streamed. With the header Upload-Complete: ?0 more is to follow: send it by UpdateBlob, from where it broke off if it did")
        .Accepts<Stream>(Bytes).WithProblems(413, 415, 422).RequireScope(BlobsEndpoints.Scopes);

    /// <param name="accountId">The account.</param>
    /// <param name="fileName">What it is called where it is attached.</param>
    /// <param name="contentType">Its media type; `application/octet-stream` when absent.</param>
    /// <param name="uploadComplete">`?0` when more is to follow, `?1` or absent when this is all.</param>
    internal static async Task<Results<Created<Blob>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, HttpContext context, GatewayDb db, BlobStore blobs, IOptions<BlobOptions> options, CancellationToken ct,
        string? fileName = null, string? contentType = null, [FromHeader(Name = BlobUpload.CompleteHeader)] string? uploadComplete = null)
    {
        if (!await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }

        if (BlobUpload.Completes(uploadComplete) is not { } completes) { return Problems.Malformed(new(null, BlobUpload.CompleteHeader, "is neither ?1 nor ?0")); }

        if (contentType is not null && (contentType.Length > MaxType || contentType.Any(char.IsControl) || !ContentType.TryParse(contentType, out _)))
        {
            return Problems.Malformed(new(null, "contentType", "is not a media type"));
        }

        if (fileName?.Any(char.IsControl) == true) { return Problems.Malformed(new(null, "fileName", "must not hold control characters")); }

        if (context.Request.ContentLength > options.Value.MaxBytes) { return TooLarge(options.Value); }

        BlobUpload.LiftLimit(context);
        var blob = await blobs.CreateAsync(accountId, FileNames.Clean(fileName), contentType ?? Bytes, ct);
        if (await blobs.AppendAsync(blob, context.Request.Body, completes, ct) != BlobStore.Outcome.Stored)
        {
            await blobs.DeleteAsync(accountId, blob.Id, CancellationToken.None);
            return TooLarge(options.Value);
        }

        BlobUpload.Tell(context.Response, blob);
        return TypedResults.Created($"/v1/accounts/{accountId}/blobs/{blob.Id:N}", Blob.From(blob));
    }

    public static ProblemHttpResult TooLarge(BlobOptions options) =>
        Problems.TooLarge($"A blob has at most {options.MaxBytes} bytes, and all blobs of an account {options.MaxAccountBytes}.");
}
