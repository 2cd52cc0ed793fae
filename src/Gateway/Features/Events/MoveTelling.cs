using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Events;

/// <summary>Tells of messages that have moved, where it is known that they have.</summary>
/// <remarks>
/// The alias that lets the key follow, the event, and what is told of both mailboxes are written in one transaction. So whoever watches either
/// mailbox finds that what it saw there is told already, in whatever order it all comes to be known, and after a crash as well.
/// </remarks>
internal sealed class MoveTelling(EventLog log, WatchPositions positions, MessageLocator locator, TimeProvider clock)
{
    /// <summary>Lets the keys follow, and tells each move once.</summary>
    public async Task TellAsync(AccountId account, MailboxId from, MailboxId to, IReadOnlyList<MovedMessage> moved, CancellationToken ct)
    {
        using var turn = await positions.EnterAsync(account, from, to, ct);
        var (left, reached) = (await positions.FindAsync(account, from, ct), await positions.FindAsync(account, to, ct));
        var now = clock.GetUtcNow();
        List<NewEvent> events = [.. moved.SelectMany(Event)];
        var leaving = left is null ? null : Move(from, left, left.Without([.. moved.Select(m => m.FromUid)]));
        var reaching = reached is null ? null : Move(to, reached, reached.With(moved.Select(m => m.Now)));
        await locator.MoveAsync(account, moved.ToDictionary(m => m.Row.Id, m => m.Now.Uid), to, follow => log.AppendAsync(account, events, async (db, saving) =>
        {
            await follow(db, saving);
            if (leaving is not null) { await leaving(db, saving); }

            if (reaching is not null) { await reaching(db, saving); }
        }, ct), ct);

        // One that was told as an arrival before anybody knew whose it is: what is left to tell is that it is not where it was.
        IEnumerable<NewEvent> Event(MovedMessage message) => reached?.Find(message.Now.Uid) is null ? [New(EventTypes.MessageMoved, new MovedRow(message.Row, from))]
            : left?.Find(message.FromUid) is null ? []
            : [New(EventTypes.MessageDeleted, new MessageRemoval(message.Row.Id, from))];

        Func<Storage.GatewayDb, CancellationToken, Task> Move(MailboxId mailbox, MailboxSnapshot told, MailboxSnapshot then)
        {
            if (MailboxCounts.Of(mailbox, told, then) is { } counts) { events.Add(New(EventTypes.MailboxCounts, counts)); }

            return WatchPositions.Move(account, mailbox, then);
        }

        NewEvent New(string type, object data) => new(type, data, now, now);
    }
}
