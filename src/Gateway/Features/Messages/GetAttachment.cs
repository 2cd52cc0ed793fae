using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering.Mime;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

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
        if (await PartContent.FindAsync(lease, uid, partId) is not { } part) { return Problems.PartNotFound; }

        var type = PartFacts.Type(part);
        context.Response.ContentType = RasterImages.Contains(type) ? type : Bytes;
        Downloads.Protect(context.Response, PartFacts.FileName(part) ?? $"part-{partId}");
        await PartContent.CopyAsync(lease, uid, part, context.Response.Body, ct);
        return TypedResults.Empty;
    }
}
