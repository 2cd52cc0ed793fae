using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Gateway.IntegrationTests.Faults;

/// <summary>Follows one account's events as a careful program does: whenever its link breaks it comes back with the last id it has read.</summary>
internal sealed class StormReader(HttpClient http, string account, CancellationToken ct)
{
    private readonly List<JsonElement> _read = [];
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _last = $"{account}-0"; // before the first event

    /// <summary>Completes once the mail with the subject "end" has been told of.</summary>
    public Task End => _end.Task;

    /// <summary>Everything read, in its order.</summary>
    public IReadOnlyList<JsonElement> Read => _read;

    public async Task RunAsync()
    {
        while (!ct.IsCancellationRequested)
        {
            try { await FollowAsync(); }
            catch (Exception broken) when (broken is HttpRequestException or IOException || ct.IsCancellationRequested)
            {
                // Comes back at once.
            }
        }
    }

    private async Task FollowAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events?account={account}") { Headers = { { "Last-Event-ID", _last } } };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(ct)).EnumerateAsync(ct))
        {
            if (item.EventId is not { Length: > 0 } id || item.EventType == "ping") { continue; }

            _last = id;
            var happened = JsonElement.Parse(item.Data);
            _read.Add(happened);
            if (StormTests.SubjectOf(happened) == StormTests.EndMark) { _end.TrySetResult(); }
        }
    }
}
