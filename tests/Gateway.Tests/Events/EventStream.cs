using System.Net.ServerSentEvents;

namespace Gateway.Tests.Events;

/// <summary>A client that reads the server-sent events.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventStream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) => (_answer, _items) = (answer, items);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpResponseMessage Answer => _answer;

    public static Task<HttpResponseMessage> AskAsync(HttpClient client, string query, string? lastEventId, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events" + query, UriKind.Relative));
        if (lastEventId is not null) { request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId); }

        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>Opens the stream; when this returns the server listens for us.</summary>
    public static async Task<EventStream> OpenAsync(HttpClient client, string query = "", string? lastEventId = null)
    {
        var answer = await AskAsync(client, query, lastEventId, Ct);
        answer.EnsureSuccessStatusCode();
        var stream = new EventStream(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct).GetAsyncEnumerator(Ct));
        Assert.Equal("ping", (await stream.NextAsync())!.Value.EventType);
        return stream;
    }

    /// <summary>The next item, or null at the end of the stream.</summary>
    public async Task<SseItem<string>?> NextAsync() => await _items.MoveNextAsync() ? _items.Current : null;

    /// <summary>The ids of the next events.</summary>
    public async Task<IReadOnlyList<string?>> IdsAsync(int count)
    {
        var ids = new List<string?>();
        while (ids.Count < count) { ids.Add((await NextAsync())!.Value.EventId); }

        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        await _items.DisposeAsync();
    }
}
