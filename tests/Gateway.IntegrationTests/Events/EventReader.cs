using System.Net.ServerSentEvents;
using System.Text.Json;
using Xunit;

namespace Gateway.IntegrationTests.Events;

/// <summary>Reads the server-sent events of one account.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    /// <summary>How long an awaited event may take before its test fails: one that is late by this much does not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _waiting;

    private EventReader(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items, CancellationTokenSource waiting) =>
        (_answer, _items, _waiting) = (answer, items, waiting);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens the stream; when this returns the server listens for us.</summary>
    public static Task<EventReader> OpenAsync(TestAccount account, string? lastEventId = null) => OpenAsync(account.Http, $"{account.Id}", lastEventId);

    /// <summary>The same for an account by its id.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient http, string account, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1/events?account={account}", UriKind.Relative));
        if (lastEventId is not null) { request.Headers.Add("Last-Event-ID", lastEventId); }

        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        answer.EnsureSuccessStatusCode();
        var waiting = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var items = SseParser.Create(await answer.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(waiting.Token).GetAsyncEnumerator(waiting.Token);
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("ping", items.Current.EventType);
        return new(answer, items, waiting);
    }

    /// <summary>The next event of a type that fits; others are passed over.</summary>
    public Task<JsonElement> NextAsync(string type, Func<JsonElement, bool>? fits = null) => NextAsync([type], fits);

    /// <summary>The same of several types.</summary>
    public async Task<JsonElement> NextAsync(string[] types, Func<JsonElement, bool>? fits = null)
    {
        List<string> passed = [];
        _waiting.CancelAfter(Patience);
        try
        {
            while (await _items.MoveNextAsync())
            {
                passed.Add($"{_items.Current.EventType} {_items.Current.Data}");
                if (!types.Contains(_items.Current.EventType)) { continue; }

                var happened = JsonDocument.Parse(_items.Current.Data).RootElement.Clone();
                if (fits is null || fits(happened.GetProperty("data"))) { return happened; }
            }
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            throw new TimeoutException($"No {string.Join(" or ", types)} within {Patience}, only:\n{string.Join('\n', passed)}");
        }
        finally { _waiting.CancelAfter(Timeout.InfiniteTimeSpan); }

        throw new InvalidOperationException("The stream ended.");
    }

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        await _items.DisposeAsync();
        _waiting.Dispose();
    }
}
