using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Events;

internal static class StreamEvents
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder events) => events.MapGet("", HandleAsync)
        .WithName("StreamEvents").WithSummary("Follow the events of every account within reach as Server-Sent Events; Last-Event-ID resumes")
        .Produces<MailEvent>(StatusCodes.Status200OK, "text/event-stream").WithProblems(410).RequireScope(Scopes.MailRead);

    /// <param name="account">Only this account's events.</param>
    /// <param name="lastEventId">The id of the last event that was read.</param>
    internal static async Task<IResult> HandleAsync(
        HttpContext context, EventFeeds feeds, TimeProvider clock, CancellationToken ct,
        AccountId? account = null, [Microsoft.AspNetCore.Mvc.FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        var caller = context.Caller();
        if (account is { } wanted && !caller.Reaches(wanted)) { return Problems.AccountNotFound; }

        EventCursor? after = null;
        if (lastEventId is { Length: > 0 })
        {
            if (!EventCursor.TryParse(lastEventId, out var cursor) || !caller.Reaches(cursor.Account))
            {
                return Problems.Malformed(new(null, "Last-Event-ID", "is not an event id of this server"));
            }

            after = cursor;
        }

        EventFeed feed;
        try { feed = await feeds.OpenAsync(id => caller.Reaches(id) && (account is null || account == id), after, ct); }
        catch (CursorExpiredException) { return Problems.CursorExpired; }

        return TypedResults.ServerSentEvents(WriteAsync(feed, clock, ct));
    }

    private static async IAsyncEnumerable<SseItem<object>> WriteAsync(EventFeed feed, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (feed)
        {
            await feed.SettleAsync(ct);
            // Tells a client that from here on nothing is missed, and is sent again whenever nothing else is: proxies cut silent streams.
            yield return new(new { }, "ping");
            while (!ct.IsCancellationRequested)
            {
                var batch = await feed.NextAsync(Heartbeat, clock, ct);
                foreach (var happened in batch) { yield return new(happened, happened.Type) { EventId = happened.Id }; }

                if (batch.Count == 0) { yield return new(new { }, "ping"); }
            }
        }
    }
}
