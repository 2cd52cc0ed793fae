using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetRawMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/raw", HandleAsync)
        .WithName("GetRawMessage").WithSummary("Get the RFC 5322 bytes, streamed and never parsed; one Range is served")
        .Produces<Stream>(StatusCodes.Status200OK, "message/rfc822").Produces<Stream>(StatusCodes.Status206PartialContent, "message/rfc822")
        .WithProblems(StatusCodes.Status416RangeNotSatisfiable).RequireScope(Scopes.MailRead);

    internal static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, ImapPool pool, HttpContext context, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        await using var lease = await pool.LeaseAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive, ct);
        var uid = lease.Uid(at);
        if (await lease.Folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.Size, lease.CommandToken) is not [var summary])
        {
            throw new MailException(MailFault.MessageGone, "The message was expunged.");
        }

        var size = (long)(summary.Size ?? 0);
        var response = context.Response;
        response.ContentType = "message/rfc822";
        response.Headers.AcceptRanges = "bytes";
        Downloads.Protect(response, $"{messageId}.eml");
        if (Downloads.RangeOf(context.Request) is not { } range)
        {
            // No Content-Length: RFC822.SIZE is only an estimate on some servers.
            await Downloads.CopyMessageAsync(lease, uid, 0, long.MaxValue, response.Body, ct);
            return TypedResults.Empty;
        }

        if (Downloads.Begin(response, range, size) is not (var from, var length)) { return Problems.RangeNotSatisfiable; }

        await Downloads.CopyMessageAsync(lease, uid, from, length, response.Body, ct);
        return TypedResults.Empty;
    }
}
