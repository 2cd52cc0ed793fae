using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Features.Reports;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Watching;
using Gateway.Storage;
using MailKit;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Events;

/// <summary>Writes what the watchers see into the event log, with the keys and rows that clients know.</summary>
internal sealed class MailboxEventSink(
    EventLog log, MailboxNumbers numbers, MessageLocator locator, MessageRows rows, ReportCandidates reports, IDbContextFactory<GatewayDb> store) : IMailboxEventSink
{
    public async ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct)
    {
        var mailbox = await numbers.NumberAsync(happened.Account, happened.Path, happened.UidValidity, ct);
        var keys = await locator.KeysAsync(happened.Account, mailbox, ct);
        IReadOnlyList<NewEvent> events = happened switch
        {
            MessagesCreated created => await RowsAsync(created, mailbox, ct),
            FlagsChanged changed => [.. changed.Changes.Select(c => New(EventTypes.MessageUpdated, new MessageFlagsState(
                keys(c.Uid), mailbox, Flags.Of(c.Flags, c.Keywords), Flags.KeywordsOf(c.Keywords)), changed.DetectedAt))],
            MessagesVanished gone => [.. gone.Uids.Where(await IsGoneAsync(happened.Account, mailbox, ct)).Select(uid => New(EventTypes.MessageDeleted, new MessageRemoval(keys(uid), mailbox), gone.DetectedAt))],
            _ => [], // a mailbox made anew: its messages come under a new mailbox id when they are listed
        };
        if (happened is MessagesCreated { Messages.Count: > 0 } arrived) { await TellAsync(arrived, mailbox, events, await reports.OfAsync(arrived, keys, ct), ct); }
        else { await log.AppendAsync(happened.Account, events, ct); }

        if (happened is MessagesVanished { Uids: var uids }) { await locator.DropAsync(happened.Account, mailbox, uids, ct); }
    }

    /// <summary>All of it together, so that after a crash an arrival is told once: neither twice nor not at all.</summary>
    private async Task TellAsync(MessagesCreated created, MailboxId mailbox, IReadOnlyList<NewEvent> events, IReadOnlyList<ReportRecord> opened, CancellationToken ct)
    {
        var last = created.Messages.Max(m => m.UniqueId.Id);
        await log.AppendAsync(created.Account, events, async (db, saving) =>
        {
            foreach (var report in opened)
            {
                if (await db.Reports.FindAsync([report.Account, report.MessageId], saving) is null) { db.Reports.Add(report); }
            }

            await SetToldAsync(db, created.Account, mailbox, last, saving);
        }, ct);
        if (opened.Count > 0) { reports.Wake(); }
    }

    public async ValueTask<uint?> ToldUpToAsync(AccountId account, string path, uint uidValidity, CancellationToken ct)
    {
        var mailbox = await numbers.NumberAsync(account, path, uidValidity, ct);
        await using var db = await store.CreateDbContextAsync(ct);
        return (uint?)await db.Mailboxes.Where(m => m.Account == account && m.Number == mailbox.Number).Select(m => m.ToldUid).SingleOrDefaultAsync(ct);
    }

    public async ValueTask BeginAsync(AccountId account, string path, uint uidValidity, uint lastUid, CancellationToken ct)
    {
        var mailbox = await numbers.NumberAsync(account, path, uidValidity, ct);
        await using var db = await store.CreateDbContextAsync(ct);
        await SetToldAsync(db, account, mailbox, lastUid, ct);
    }

    private static Task<int> SetToldAsync(GatewayDb db, AccountId account, MailboxId mailbox, uint uid, CancellationToken ct) =>
        db.Mailboxes.Where(m => m.Account == account && m.Number == mailbox.Number).ExecuteUpdateAsync(set => set.SetProperty(m => m.ToldUid, (long?)uid), ct);

    /// <summary>A message that was replaced came again under its key, which was told already.</summary>
    private async ValueTask<Func<uint, bool>> IsGoneAsync(AccountId account, MailboxId mailbox, CancellationToken ct)
    {
        var replaced = await locator.ReplacedAsync(account, mailbox, ct);
        return uid => !replaced(uid);
    }

    private async Task<IReadOnlyList<NewEvent>> RowsAsync(MessagesCreated created, MailboxId mailbox, CancellationToken ct)
    {
        var found = await ReadAsync(created, mailbox, ct);
        return [.. found.Select(row => new NewEvent(EventTypes.MessageCreated, row, row.ReceivedAt, created.DetectedAt))];
    }

    private async Task<IReadOnlyList<MessageRow>> ReadAsync(MessagesCreated created, MailboxId mailbox, CancellationToken ct)
    {
        try { return await rows.ReadAsync(created.Account, mailbox, new(created.Path, created.UidValidity), [.. created.Messages.Select(MessageState.Of)], ct); }
        catch (MailException)
        {
            // No second session for the previews: the event goes out without them rather than late.
            var keys = await locator.KeysAsync(created.Account, mailbox, ct);
            return [.. created.Messages.Select(m => MessageFacts.Of(m).Row(keys(m.UniqueId.Id), mailbox, m.Flags ?? MessageFlags.None, m.Keywords))];
        }
    }

    private static NewEvent New(string type, object data, DateTimeOffset detectedAt) => new(type, data, detectedAt, detectedAt);
}
