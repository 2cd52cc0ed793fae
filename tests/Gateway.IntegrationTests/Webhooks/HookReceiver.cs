using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Gateway.IntegrationTests.Webhooks;

/// <summary>Takes what a webhook sends; until it is opened, nobody listens at its address.</summary>
internal sealed class HookReceiver : IDisposable
{
    private readonly Channel<JsonElement> _received = Channel.CreateUnbounded<JsonElement>();
    private readonly HttpListener _listener = new();

    public HookReceiver()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/";
        _listener.Prefixes.Add(Url);
    }

    public string Url { get; }

    public void Open()
    {
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>The next event of this type.</summary>
    public async Task<JsonElement> NextAsync(string type, CancellationToken ct)
    {
        while (true)
        {
            var happened = await _received.Reader.ReadAsync(ct);
            if (happened.GetProperty("type").GetString() == type) { return happened; }
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) { _ = AnswerAsync(await _listener.GetContextAsync()); } // each by itself: one that never ends must not hold up the next
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await _received.Writer.WriteAsync(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.InputStream));
            context.Response.StatusCode = 204;
            context.Response.Close();
        }
        catch (Exception broken) when (broken is HttpListenerException or IOException or JsonException or ObjectDisposedException)
        {
            // The link broke under the request or its answer: it is sent again.
        }
    }
}
