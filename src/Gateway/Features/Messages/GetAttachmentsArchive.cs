using System.IO.Compression;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetAttachmentsArchive
{
    private const string Zip = "application/zip";
    private static readonly DateTimeOffset FirstDay = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // a zip knows none before

    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/attachments.zip", HandleAsync)
        .WithName("GetAttachmentsArchive").WithSummary("Get everything attached to a message as one zip, streamed")
        .Produces<Stream>(StatusCodes.Status200OK, Zip).RequireScope(Scopes.MailRead);

    internal static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, MessageRows rows, ImapPool pool, HttpContext context, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var facts = await rows.FactsAsync(accountId, await locator.MailboxAsync(accountId, at, ct), at, ct);
        if (facts.Outline?.Parts.Attachments.Where(a => a.Disposition == "attachment").ToList() is not { Count: > 0 } attached) { return Problems.PartNotFound; }

        await using var lease = await pool.LeaseAsync(accountId, at.Path, FolderAccess.ReadOnly, Lane.Interactive, ct);
        var uid = lease.Uid(at);
        if (await lease.Folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure, lease.CommandToken) is not [{ Body: { } body }])
        {
            throw new MailException(MailFault.MessageGone, "The message was expunged.");
        }

        context.Response.ContentType = Zip;
        Downloads.Protect(context.Response, $"{FileNames.Clean(facts.Subject) ?? "attachments"}.zip");
        await using var target = new ZipTarget(context.Response.Body);
        await using (var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var attachment in attached)
            {
                if (BodyParts.Find(body, attachment.PartId) is not { } part) { continue; }

                // Files are mostly compressed already: a second time only takes time.
                var entry = zip.CreateEntry(NameOf(attachment, taken), attachment.ContentType.StartsWith("text/", StringComparison.Ordinal) ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
                entry.LastWriteTime = facts.ReceivedAt > FirstDay ? facts.ReceivedAt : FirstDay;
                await using var file = await entry.OpenAsync(ct);
                await PartContent.CopyAsync(lease, uid, part, file, ct);
            }
        }

        await target.FlushAsync(ct);
        return TypedResults.Empty;
    }

    /// <summary>Two files of one name would be one when unpacked.</summary>
    private static string NameOf(Attachment attachment, HashSet<string> taken)
    {
        var name = attachment.FileName ?? $"part-{attachment.PartId}";
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var n = 2; !taken.Add(name); n++) { name = $"{stem} ({n}){extension}"; }

        return name;
    }
}
