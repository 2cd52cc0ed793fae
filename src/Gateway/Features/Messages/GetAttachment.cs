using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;
using MimeKit.IO;
using MimeKit.IO.Filters;
using MimeKit.Utils;

namespace Gateway.Features.Messages;

internal static class GetAttachment
{
    private const string Bytes = "application/octet-stream";

    /// <summary>What a browser may show in place; everything else is a download of unknown bytes to it.</summary>
    private static readonly HashSet<string> RasterImages = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif"];

    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/attachments/{partId}", HandleAsync)
        .WithName("GetAttachment").WithSummary("Get the decoded bytes of a part, streamed")
        .Produces<Stream>(StatusCodes.Status200OK, Bytes).RequireScope(Scopes.MailRead);

    internal static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, string partId, MessageLocator locator, ImapPool pool, HttpContext context, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        await using var lease = await pool.LeaseAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive, ct);
        var uid = lease.Uid(at);
        if (await lease.Folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure, lease.CommandToken) is not [var summary])
        {
            throw new MailException(MailFault.MessageGone, "The message was expunged.");
        }

        if (summary.Body is null || BodyParts.Find(summary.Body, partId) is not { } part) { return Problems.PartNotFound; }

        var type = part.ContentType.MimeType.ToLowerInvariant();
        context.Response.ContentType = RasterImages.Contains(type) ? type : Bytes;
        Downloads.Protect(context.Response, PartFacts.FileName(part) ?? $"part-{partId}");
        await using var decoded = new FilteredStream(context.Response.Body);
        if (part is BodyPartBasic { ContentTransferEncoding: { } transfer } && MimeUtils.TryParse(transfer, out ContentEncoding encoding))
        {
            decoded.Add(DecoderFilter.Create(encoding));
        }

        await Downloads.CopyAsync(lease, uid, part.PartSpecifier, 0, long.MaxValue, decoded, ct);
        await decoded.FlushAsync(ct);
        return TypedResults.Empty;
    }
}
