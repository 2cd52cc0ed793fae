using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Events;

/// <summary>Opens feeds over many accounts at once.</summary>
internal sealed class EventFeeds(EventLog log, Watchers watchers, IDbContextFactory<GatewayDb> store)
{
    /// <summary>Clocks of several writers may differ, and transactions end out of order: other accounts go back this far behind the cursor's time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <param name="reaches">Which accounts the feed shows, those added later included.</param>
    /// <param name="after">Go on after this event; the other accounts go on from its time, so some events may come twice and none is missed.</param>
    /// <exception cref="CursorExpiredException">That event is not in the log any more.</exception>
    public async Task<EventFeed> OpenAsync(Func<AccountId, bool> reaches, EventCursor? after, CancellationToken ct)
    {
        var feed = new EventFeed(log, watchers, reaches);
        try
        {
            await using var db = await store.CreateDbContextAsync(ct);
            var events = db.Events.AsNoTracking();
            if (after is { } cursor)
            {
                var last = await events.SingleOrDefaultAsync(e => e.Account == cursor.Account && e.Number == cursor.Number, ct);
                if (last is null && cursor.Number > 0) { throw new CursorExpiredException(); }

                var since = (last?.DetectedAt ?? DateTimeOffset.MaxValue) - Overlap;
                events = events.Where(e => e.DetectedAt < since);
            }

            var positions = await events.GroupBy(e => e.Account).Select(g => new { Account = g.Key, Last = g.Max(e => e.Number) }).ToListAsync(ct);
            foreach (var account in await db.Accounts.AsNoTracking().Select(a => a.Id).ToListAsync(ct))
            {
                var position = after is { } own && own.Account == account ? own.Number : positions.Find(p => p.Account == account)?.Last ?? 0;
                feed.Follow(account, position);
            }

            return feed;
        }
        catch
        {
            await feed.DisposeAsync();
            throw;
        }
    }
}
