using System.Globalization;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using MailKit;
using MailKit.Search;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

internal static class GetMailboxExport
{
    private const string Mbox = "application/mbox";
    private const int BatchSize = 100;

    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapGet("{mailboxId}/export", HandleAsync)
        .WithName("GetMailboxExport").WithSummary("Get every message of a mailbox as one mbox file, oldest first, streamed")
        .Produces<Stream>(StatusCodes.Status200OK, Mbox).RequireScope(Scopes.MailRead);

    internal static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxId mailboxId, MailboxTree tree, MailboxNumbers numbers, ImapPool pool, HttpContext context, CancellationToken ct)
    {
        if ((await tree.ReadAsync(accountId, Lane.Interactive, ct)).FirstOrDefault(m => m.Id == mailboxId) is not { Selectable: true } mailbox
            || await numbers.FindAsync(accountId, mailboxId, ct) is not { } place) { return Problems.MailboxNotFound; }

        var uids = await pool.RunAsync(accountId, place.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            place.ThrowIfMadeAnew(lease);
            return await lease.Folder.SearchAsync(SearchQuery.All, lease.CommandToken);
        }, ct);

        context.Response.ContentType = Mbox;
        Downloads.Protect(context.Response, $"{FileNames.Clean(mailbox.Name) ?? "mailbox"}.mbox");
        await using var mbox = new MboxStream(context.Response.Body);
        // A lease for some messages at a time: people go first, and a session is not taken for hours.
        foreach (var batch in uids.Chunk(BatchSize))
        {
            await using var lease = await pool.LeaseAsync(accountId, place.Path, FolderAccess.ReadOnly, Lane.Background, ct);
            place.ThrowIfMadeAnew(lease);
            await WriteAsync(lease, batch, mbox, ct);
        }

        return TypedResults.Empty;
    }

    private static async Task WriteAsync(MailboxLease lease, IList<UniqueId> batch, MboxStream mbox, CancellationToken ct)
    {
        foreach (var summary in await lease.Folder.FetchAsync(batch, MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate, lease.CommandToken))
        {
            mbox.Begin(string.Create(CultureInfo.InvariantCulture, $"From MAILER-DAEMON {summary.InternalDate?.UtcDateTime ?? DateTime.UnixEpoch:ddd MMM d HH:mm:ss yyyy}"));
            try { await Downloads.CopyMessageAsync(lease, summary.UniqueId, 0, long.MaxValue, mbox, ct); }
            catch (MessageNotFoundException)
            {
                // Expunged meanwhile, before its first byte.
            }

            await mbox.EndAsync(ct);
        }
    }
}
