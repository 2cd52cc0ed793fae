using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetAttachment
{
    private const string Bytes = "application/octet-stream";

    /// <summary>What a browser may show in place; everything else is a download of unknown bytes to it.</summary>
    private static readonly HashSet<string> ShownInPlace = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif"];

    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/attachments/{partId}", HandleAsync)
        .WithName("GetAttachment").WithSummary("Get the decoded bytes of a part, streamed; one Range of them is served")
        .Produces<Stream>(StatusCodes.Status200OK, Bytes).Produces<Stream>(StatusCodes.Status206PartialContent, Bytes)
        .WithProblems(StatusCodes.Status416RangeNotSatisfiable).RequireScope(Scopes.MailRead);

    internal static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, string partId, MessageLocator locator, ImapPool pool, PartRange ranges, TimeProvider clock, HttpContext context,
        CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        await using var lease = await pool.LeaseAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive, ct);
        var uid = lease.Uid(at);
        if (TnefReading.Split(partId) is (var outer, var number)) { return await SendInnerAsync(lease, uid, outer, number, clock, context, ct); }

        if (await PartContent.FindAsync(lease, uid, partId) is not { } part) { return Problems.PartNotFound; }

        var type = PartFacts.Type(part);
        var response = context.Response;
        response.ContentType = ShownInPlace.Contains(type) ? type : Bytes;
        response.Headers.AcceptRanges = "bytes";
        Downloads.Protect(response, PartFacts.FileName(part) ?? $"part-{partId}");
        if (Downloads.RangeOf(context.Request) is not { } range)
        {
            await PartContent.CopyAsync(lease, uid, part, response.Body, ct);
            return TypedResults.Empty;
        }

        var size = await ranges.LengthAsync(lease, accountId, at, part, ct);
        if (Downloads.Begin(response, range, size) is not (var from, var length)) { return Problems.RangeNotSatisfiable; }

        await PartRange.CopyAsync(lease, uid, part, from, length, response.Body, ct);
        return TypedResults.Empty;
    }

    /// <summary>An attachment inside a winmail.dat, always whole: it has to be unpacked anyway.</summary>
    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> SendInnerAsync(
        MailboxLease lease, UniqueId uid, string partId, int number, TimeProvider clock, HttpContext context, CancellationToken ct)
    {
        if (await PartContent.FindAsync(lease, uid, partId) is not BodyPartBasic { Octets: <= TnefReading.MaxShown } part) { return Problems.PartNotFound; }

        var tnef = await PartContent.ReadAsync(lease, uid, part, ct);
        if (await TnefReading.FindAsync(tnef.Bytes, number, clock, ct) is not (var about, var bytes)) { return Problems.PartNotFound; }

        context.Response.ContentType = ShownInPlace.Contains(about.ContentType) ? about.ContentType : Bytes;
        context.Response.ContentLength = bytes.Length;
        Downloads.Protect(context.Response, about.FileName ?? $"part-{partId}-{number}");
        await context.Response.Body.WriteAsync(bytes, ct);
        return TypedResults.Empty;
    }
}
