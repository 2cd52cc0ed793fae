using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Events;

/// <summary>Opens feeds over many accounts at once.</summary>
internal sealed class EventFeeds(EventLog log, Watchers watchers, IDbContextFactory<GatewayDb> store, IOptions<EventOptions> options)
{
    /// <summary>Transactions end out of order where the store has several writers, and clocks are set back: other accounts go back this far behind the cursor's time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <param name="caller">Whose accounts are followed, those added later included.</param>
    /// <param name="only">Follow this one account.</param>
    /// <param name="after">Go on after this event; the other accounts go on from its time, so some events may come twice and none is missed.</param>
    /// <exception cref="CursorExpiredException">What followed that event is not in the log any more.</exception>
    public async Task<EventFeed> OpenAsync(Caller caller, AccountId? only, EventCursor? after, CancellationToken ct)
    {
        var feed = new EventFeed(log, watchers, account => caller.Reaches(account) && (only is null || only == account));
        try
        {
            await using var db = await store.CreateDbContextAsync(ct);
            var since = after is { } cursor ? await TimeOfAsync(db, cursor, ct) - Overlap : DateTimeOffset.MaxValue;
            var accounts = db.Accounts.AsNoTracking().Select(a => a.Id);
            if (only is { } one) { accounts = accounts.Where(a => a == one); }
            else if (caller.Accounts is { } reached)
            {
                var ids = reached.ToList();
                accounts = accounts.Where(a => ids.Contains(a));
            }

            var places = await accounts.Select(a => new
            {
                Account = a,
                First = db.Events.Where(e => e.Account == a).Min(e => (long?)e.Number),
                Last = db.Events.Where(e => e.Account == a).Max(e => (long?)e.Number),
                Next = db.Events.Where(e => e.Account == a && e.AppendedAt >= since).Min(e => (long?)e.Number),
            }).ToListAsync(ct);
            foreach (var place in places)
            {
                var (first, last) = (place.First ?? 1, place.Last ?? 0);
                // Only dropping by number can have taken events from after that time: those dropped by age are older than the cursor's own.
                if (after is not null && place.Next == first && first > 1 && last - first + 1 >= options.Value.KeepAtMost) { throw new CursorExpiredException(); }

                feed.Follow(place.Account, after is { } own && own.Account == place.Account ? own.Number : place.Next - 1 ?? last);
            }

            return feed;
        }
        catch
        {
            await feed.DisposeAsync();
            throw;
        }
    }

    private static async Task<DateTimeOffset> TimeOfAsync(GatewayDb db, EventCursor cursor, CancellationToken ct)
    {
        var number = Math.Max(cursor.Number, 1); // 0 stands before the first event
        var events = db.Events.Where(e => e.Account == cursor.Account);
        if (await events.Where(e => e.Number == number).Select(e => (DateTimeOffset?)e.AppendedAt).SingleOrDefaultAsync(ct) is { } time) { return time; }

        var nothingYet = cursor.Number == 0 && !await events.AnyAsync(ct);
        return nothingYet ? DateTimeOffset.MaxValue : throw new CursorExpiredException();
    }
}
