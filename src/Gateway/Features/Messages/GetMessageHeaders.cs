using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using Gateway.Rendering.Text;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit.Utils;

namespace Gateway.Features.Messages;

internal static class GetMessageHeaders
{
    private const int MaxFields = 1000;

    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/headers", HandleAsync)
        .WithName("GetMessageHeaders").WithSummary("Get every field of a message's header, decoded").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<MessageHeaders>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, ImapPool pool, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var bytes = await pool.RunAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive,
            lease => FetchedPart.ReadAsync(lease, lease.Uid(at), "HEADER", RenderingLimits.HeaderLength + 1), ct, Freshness.AsLeft);
        if (bytes.Length == 0) { throw new MailException(MailFault.MessageGone, "The message was expunged."); }

        var header = HeaderFields.Read(bytes);
        return TypedResults.Ok(new MessageHeaders(
            [.. header.All.Take(MaxFields).Select(f => new MessageHeaderLine(f.Name, Characters.Line(Rfc2047.DecodeText(f.Value))))], header.Defects));
    }
}
