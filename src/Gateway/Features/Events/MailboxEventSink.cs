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
    EventLog log, WatchPositions positions, MailboxNumbers numbers, MessageLocator locator, MessageRows rows, ReportCandidates reports, TreeTelling tree) : IMailboxEventSink
{
    public async ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct)
    {
        var account = happened.Account;
        var mailbox = await numbers.NumberAsync(account, happened.Path, happened.UidValidity, ct);
        // Moves under way are waited for here: what they have brought about is told by then, and nobody waits for anybody within the turn.
        var keys = await locator.KeysAsync(account, mailbox, ct);
        var left = await locator.LeftAsync(account, mailbox, ct);
        var arrived = await ReadAsync(happened, mailbox, keys, ct);
        FlagsChanged? late;
        using (await positions.EnterAsync(account, mailbox, ct))
        {
            var told = await positions.FindAsync(account, mailbox, ct);
            late = happened is MessagesCreated created && told is not null ? created.Late(told) : null;
            var untold = told is null ? happened : happened.Untold(told);
            var opened = await ReportsAsync(happened, told, mailbox, keys, ct);
            if (untold is not null || opened.Count > 0)
            {
                await AppendAsync(account, untold is null ? [] : Events(untold, mailbox, told, keys, left, arrived), told is null || untold is null ? null : WatchPositions.Move(account, mailbox, untold.After(told)), opened, ct);
            }
        }

        if (happened is MessagesVanished { Uids: var uids }) { await locator.DropAsync(account, mailbox, uids, ct); }

        if (late is not null) { await PublishAsync(late, ct); }
    }

    public ValueTask ListedAsync(AccountId account, IReadOnlyDictionary<string, uint> mailboxes, CancellationToken ct) => tree.ListedAsync(account, mailboxes, ct);

    public async ValueTask<MailboxSnapshot?> ToldAsync(AccountId account, string path, uint uidValidity, CancellationToken ct) =>
        await positions.FindAsync(account, await numbers.NumberAsync(account, path, uidValidity, ct), ct);

    public async ValueTask BeginAsync(AccountId account, string path, uint uidValidity, MailboxSnapshot now, CancellationToken ct)
    {
        var mailbox = await numbers.NumberAsync(account, path, uidValidity, ct);
        var brought = await locator.BroughtAsync(account, mailbox, ct);
        using var turn = await positions.EnterAsync(account, mailbox, ct);
        // What was moved here since the look was told as a move.
        var since = brought.Where(uid => now.Uids.Count == 0 || uid > now.Uids[^1]).Select(uid => new MessageState(uid, MessageFlags.None, [])).ToList();
        await positions.BeginAsync(account, mailbox, since.Count == 0 ? now : now.With(since), ct);
    }

    /// <summary>All of it together, so that after a crash everything is told once: neither twice nor not at all.</summary>
    private async Task AppendAsync(AccountId account, IReadOnlyList<NewEvent> events, Func<GatewayDb, CancellationToken, Task>? move, IReadOnlyList<ReportRecord> opened, CancellationToken ct)
    {
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

    /// <summary>What is told of a message that is elsewhere by now is told of its new place.</summary>
    private static List<NewEvent> Events(
        MailboxEvent happened, MailboxId mailbox, MailboxSnapshot? told, Func<uint, MessageKey> keys, Func<uint, bool> left, IReadOnlyDictionary<uint, MessageRow> arrived)
    {
        List<NewEvent> events = happened switch
        {
            MessagesCreated created => [.. created.Messages.Select(m => m.UniqueId.Id).Where(uid => !left(uid) && arrived.ContainsKey(uid))
                .Select(uid => new NewEvent(EventTypes.MessageCreated, arrived[uid], arrived[uid].ReceivedAt, created.DetectedAt))],
            FlagsChanged changed => [.. changed.Changes.Where(c => !left(c.Uid)).Select(c =>
                New(EventTypes.MessageUpdated, new MessageFlagsState(keys(c.Uid), mailbox, Flags.Of(c.Flags, c.Keywords), Flags.KeywordsOf(c.Keywords))))],
            MessagesVanished gone => [.. gone.Uids.Where(uid => !left(uid)).Select(uid => New(EventTypes.MessageDeleted, new MessageRemoval(keys(uid), mailbox)))],
            MailboxCounted { IsIncomplete: false } => [],
            MailboxCounted { Now: var now } => [Again(now)],
            MailboxReset { Now: var now } => [Again(now)],
            _ => throw new ArgumentOutOfRangeException(nameof(happened)),
        };
        if (happened is not (MailboxCounted or MailboxReset) && told is not null && MailboxCounts.Of(mailbox, told, happened.After(told)) is { } counts) { events.Add(New(EventTypes.MailboxCounts, counts)); }

        return events;

        NewEvent New(string type, object data) => new(type, data, happened.DetectedAt, happened.DetectedAt);
        NewEvent Again(MailboxSnapshot now) => New(EventTypes.MailboxCounts, new MailboxCounts(mailbox, now.Uids.Count, now.Unread, ListAgain: true));
    }

    /// <summary>Also of what was moved here, although its arrival is told as a move.</summary>
    private async Task<IReadOnlyList<ReportRecord>> ReportsAsync(MailboxEvent happened, MailboxSnapshot? told, MailboxId mailbox, Func<uint, MessageKey> keys, CancellationToken ct)
    {
        if (happened is not MessagesCreated created) { return []; }

        var fresh = created.Messages.Where(m => told?.Find(m.UniqueId.Id) is null || keys(m.UniqueId.Id) != new MessageKey(mailbox, m.UniqueId.Id)).ToList();
        return fresh.Count == 0 ? [] : await reports.OfAsync(created with { Messages = fresh }, keys, ct);
    }

    /// <summary>The rows of what has arrived and is not told yet. Read before the turn: a slow server must not hold up whoever moves a message.</summary>
    private async Task<IReadOnlyDictionary<uint, MessageRow>> ReadAsync(MailboxEvent happened, MailboxId mailbox, Func<uint, MessageKey> keys, CancellationToken ct)
    {
        if (happened is not MessagesCreated all) { return new Dictionary<uint, MessageRow>(); }

        var told = await positions.FindAsync(all.Account, mailbox, ct);
        if ((told is null ? all : all.Untold(told)) is not MessagesCreated created) { return new Dictionary<uint, MessageRow>(); }

        try
        {
            var read = await rows.WithUidsAsync(created.Account, mailbox, new(created.Path, created.UidValidity), [.. created.Messages.Select(MessageState.Of)], ct);
            return read.ToDictionary(r => r.Uid, r => r.Row);
        }
        catch (MailException)
        {
            // No second session for the previews: the event goes out without them rather than late.
            return created.Messages.ToDictionary(m => m.UniqueId.Id, m => MessageFacts.Of(m).Row(keys(m.UniqueId.Id), mailbox, m.Flags ?? MessageFlags.None, m.Keywords));
        }
    }
}
