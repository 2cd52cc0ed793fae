using System.Net.ServerSentEvents;
using Gateway.Features.Session;
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
        HttpContext context, EventFeeds feeds, IAccountDirectory directory, Sessions sessions, IHostApplicationLifetime host, TimeProvider clock, CancellationToken ct,
        AccountId? account = null, [Microsoft.AspNetCore.Mvc.FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        var caller = context.Caller();
        if (account is { } wanted && !(caller.Reaches(wanted) && await directory.FindAsync(wanted, ct) is not null)) { return Problems.AccountNotFound; }

        EventCursor? after = null;
        if (lastEventId is { Length: > 0 })
        {
            if (!EventCursor.TryParse(lastEventId, out var cursor) || !caller.Reaches(cursor.Account))
            {
                return Problems.MalformedEventId;
            }

            after = cursor;
        }

        EventFeed feed;
        try { feed = await feeds.OpenAsync(caller, account, after, ct); }
        catch (CursorExpiredException) { return Problems.CursorExpired; }

        // A stream never ends by itself: it must not outlive the session it serves, nor hold up the server's stopping.
        return TypedResults.ServerSentEvents(WriteAsync(feed, clock, new StreamEnd(sessions, caller.Session, host.ApplicationStopping, ct)));
    }

    private static async IAsyncEnumerable<SseItem<object>> WriteAsync(EventFeed feed, TimeProvider clock, StreamEnd end)
    {
        using (end)
        await using (feed)
        {
            await feed.SettleAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Tells a client that from here on nothing is missed, and is sent again whenever nothing else is: proxies cut silent streams.
            yield return new(new { }, "ping");
            while (await NextAsync(feed, clock, end.Token) is { } batch)
            {
                foreach (var happened in batch) { yield return new(happened, happened.Type) { EventId = happened.Id }; }

                if (batch.Count == 0) { yield return new(new { }, "ping"); }
            }
        }
    }

    /// <summary>The next events; null when the stream is over.</summary>
    private static async Task<IReadOnlyList<MailEvent>?> NextAsync(EventFeed feed, TimeProvider clock, CancellationToken ct)
    {
        try { return await feed.NextAsync(Heartbeat, clock, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { return null; }
        catch (CursorExpiredException) { return null; } // read too slowly: the reconnect is told so
    }
}
