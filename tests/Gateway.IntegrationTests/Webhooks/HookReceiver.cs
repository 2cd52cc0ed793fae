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
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var happened = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.InputStream);
                context.Response.StatusCode = 204;
                context.Response.Close();
                await _received.Writer.WriteAsync(happened);
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
