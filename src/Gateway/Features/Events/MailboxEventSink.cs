using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Features.Reports;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Watching;
using Gateway.Storage;
using MailKit;

namespace Gateway.Features.Events;

/// <summary>Writes what the watchers see into the event log, with the keys and rows that clients know, and each fact once.</summary>
internal sealed class MailboxEventSink(
    EventLog log, WatchPositions positions, MailboxNumbers numbers, MessageLocator locator, MessageRows rows, ReportCandidates reports) : IMailboxEventSink
{
    public async ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct)
    {
        var account = happened.Account;
        var mailbox = await numbers.NumberAsync(account, happened.Path, happened.UidValidity, ct);
        using (await positions.EnterAsync(account, mailbox, ct))
        {
            var told = await positions.FindAsync(account, mailbox, ct);
            if ((told is null ? happened : happened.Untold(told)) is not { } untold) { return; }

            var keys = await locator.KeysAsync(account, mailbox, ct);
            var events = await EventsAsync(untold, mailbox, keys, ct);
            var opened = untold is MessagesCreated created ? await reports.OfAsync(created, keys, ct) : [];
            var move = told is null ? null : WatchPositions.Move(account, mailbox, untold.After(told));
            // All of it together, so that after a crash everything is told once: neither twice nor not at all.
            await log.AppendAsync(account, events, async (db, saving) =>
            {
                foreach (var report in opened)
                {
                    if (await db.Reports.FindAsync([report.Account, report.MessageId], saving) is null) { db.Reports.Add(report); }
                }

                if (move is not null) { await move(db, saving); }
            }, ct);
            if (opened.Count > 0) { reports.Wake(); }
        }

        if (happened is MessagesVanished { Uids: var uids }) { await locator.DropAsync(account, mailbox, uids, ct); }
    }

    public async ValueTask<MailboxSnapshot?> ToldAsync(AccountId account, string path, uint uidValidity, CancellationToken ct) =>
        await positions.FindAsync(account, await numbers.NumberAsync(account, path, uidValidity, ct), ct);

    public async ValueTask BeginAsync(AccountId account, string path, uint uidValidity, MailboxSnapshot now, CancellationToken ct) =>
        await positions.BeginAsync(account, await numbers.NumberAsync(account, path, uidValidity, ct), now, ct);

    private async Task<IReadOnlyList<NewEvent>> EventsAsync(MailboxEvent happened, MailboxId mailbox, Func<uint, MessageKey> keys, CancellationToken ct)
    {
        switch (happened)
        {
            case MessagesCreated created:
                return [.. (await ReadAsync(created, mailbox, keys, ct)).Select(row => new NewEvent(EventTypes.MessageCreated, row, row.ReceivedAt, created.DetectedAt))];
            case FlagsChanged changed:
                return [.. changed.Changes.Select(c => New(EventTypes.MessageUpdated, new MessageFlagsState(keys(c.Uid), mailbox, Flags.Of(c.Flags, c.Keywords), Flags.KeywordsOf(c.Keywords))))];
            case MessagesVanished gone:
                var replaced = await locator.ReplacedAsync(happened.Account, mailbox, ct); // it came again under its key, which was told already
                return [.. gone.Uids.Where(uid => !replaced(uid)).Select(uid => New(EventTypes.MessageDeleted, new MessageRemoval(keys(uid), mailbox)))];
            case MailboxCounted counted:
                return [New(EventTypes.MailboxCounts, new MailboxCounts(mailbox, counted.Now.Uids.Count, counted.Now.Unread, counted.IsIncomplete))];
            case MailboxReset reset:
                return [New(EventTypes.MailboxCounts, new MailboxCounts(mailbox, reset.Now.Uids.Count, reset.Now.Unread, ListAgain: true))];
            default:
                throw new ArgumentOutOfRangeException(nameof(happened));
        }

        NewEvent New(string type, object data) => new(type, data, happened.DetectedAt, happened.DetectedAt);
    }

    private async Task<IReadOnlyList<MessageRow>> ReadAsync(MessagesCreated created, MailboxId mailbox, Func<uint, MessageKey> keys, CancellationToken ct)
    {
        try { return await rows.ReadAsync(created.Account, mailbox, new(created.Path, created.UidValidity), [.. created.Messages.Select(MessageState.Of)], ct); }
        catch (MailException)
        {
            // No second session for the previews: the event goes out without them rather than late.
            return [.. created.Messages.Select(m => MessageFacts.Of(m).Row(keys(m.UniqueId.Id), mailbox, m.Flags ?? MessageFlags.None, m.Keywords))];
        }
    }
}
