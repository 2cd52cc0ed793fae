using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.TestKit.Servers;

namespace Gateway.Benchmarks;

/// <summary>A webhook of every account, and who takes what it sends.</summary>
internal sealed class HookListener : IDisposable
{
    private readonly HttpListener _listener = new();

    public static async Task<HookListener> OpenAsync(Stand stand, Action<JsonElement> created, CancellationToken ct)
    {
        var hook = new HookListener();
        var url = $"http://127.0.0.1:{LoopbackPorts.Take(1)[0]}/";
        hook._listener.Prefixes.Add(url);
        hook._listener.Start();
        _ = Task.Run(() => hook.ServeAsync(created), ct);
        using var added = await stand.Http.PostAsJsonAsync("/v1/webhooks", new { url, types = new[] { "message.created" } }, ct);
        added.EnsureSuccessStatusCode();
        return hook;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync(Action<JsonElement> created)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var happened = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.InputStream);
                created(happened.GetProperty("data"));
                context.Response.StatusCode = 204;
                context.Response.Close();
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
