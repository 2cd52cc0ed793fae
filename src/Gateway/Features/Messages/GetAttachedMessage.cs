using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetAttachedMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/attachments/{partId}/message", HandleAsync)
        .WithName("GetAttachedMessage").WithSummary("Open a message that is attached to another one (a part of type message/rfc822)").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<AttachedMessage>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, string partId, MessageLocator locator, ImapPool pool, TimeProvider clock, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        BodyPartMessage? attached = null;
        BodyParts? parts = null;
        var fetched = await pool.RunAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            attached = await PartContent.FindAsync(lease, lease.Uid(at), partId) as BodyPartMessage;
            if (attached is null) { return null; }

            parts = BodyParts.Read(PartFacts.BodyOf(attached));
            var bytes = await MessageBytes.OpenAsync(lease, lease.Uid(at), size: 0);
            return await FetchedMessage.FetchAsync(bytes, parts, PartFacts.Section(attached));
        }, ct, Freshness.AsLeft);
        if (fetched is null || attached is null || parts is null) { return Problems.PartNotFound; }

        var header = HeaderReading.Read(fetched.Header);
        var facts = new MessageFacts(
            header.Subject, header.From, header.To, default, header.Date, attached.Octets, Preview: null,
            new(header.Cc, header.Bcc, header.ReplyTo, header.MessageId, header.InReplyTo, header.References, parts), [.. header.Defects, .. parts.Defects]);
        var content = await fetched.RenderAsync(facts, AttachmentUrl, trusts: _ => false, clock, ct); // anybody can attach what claims to have been checked
        return TypedResults.Ok(content.Attached(partId));

        string AttachmentUrl(string part) => $"/v1/accounts/{accountId}/messages/{messageId}/attachments/{part}";
    }
}
