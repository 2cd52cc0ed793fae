using System.Net;
using System.Threading.Channels;
using Gateway.TestKit;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace Gateway.Tests.Webhooks;

/// <summary>What stands at the other end of a webhook: it keeps what it was sent, and answers as a test wants it.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly Channel<IRequestMessage> _received = Channel.CreateUnbounded<IRequestMessage>();

    public Receiver() => _server.Given(Request.Create().WithPath("/hook").UsingPost()).RespondWith(Response.Create().WithCallback(async request =>
    {
        var answer = await Answer(request);
        _received.Writer.TryWrite(request);
        return answer;
    }));

    public string Url => $"http://127.0.0.1:{_server.Port}/hook";

    /// <summary>200 unless a test says otherwise.</summary>
    public Func<IRequestMessage, Task<ResponseMessage>> Answer { get; set; } = _ => Task.FromResult(With(200));

    public static ResponseMessage With(int status, string body = "", params (string Name, string Value)[] headers) => new()
    {
        StatusCode = status, BodyData = new BodyData { BodyAsString = body, DetectedBodyType = BodyType.String },
        Headers = headers.ToDictionary(h => h.Name, h => new WireMockList<string>(h.Value)),
    };

    /// <summary>The next request, whatever it was answered. One that does not come fails the test instead of holding it up for ever.</summary>
    public async Task<IRequestMessage> NextAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public bool IsQuiet => !_received.Reader.TryPeek(out _);

    public void Dispose() => _server.Dispose();
}
