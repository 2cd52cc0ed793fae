using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.TestKit;
using Gateway.TestKit.Faults;
using Gateway.Tests.Events;

namespace Gateway.Tests.Webhooks;

/// <summary>Links to a receiver break: each event is tried again under its own id, and the log of deliveries says why.</summary>
public sealed class WebhookFaultTests : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly LiveGateway _gateway = new();
    private readonly Receiver _receiver = new();
    private readonly FaultProxy _proxy;

    public WebhookFaultTests() => _proxy = new(new Uri(_receiver.Url).Port);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _proxy.DisposeAsync();
        _receiver.Dispose();
    }

    [Fact]
    public async Task A_receiver_that_refuses_connections_gets_the_event_when_it_is_back()
    {
        _proxy.Refuse();
        var hook = await AddAsync($"http://127.0.0.1:{_proxy.Port}/hook");

        await HappenAsync();
        var refused = await TriedAsync(hook, 1);
        _proxy.Heal();
        await ReachNextTryAsync(refused);
        await _receiver.NextAsync();

        Assert.Equal("No connection to the server.", (string?)refused["attempts"]![0]!["error"]);
        Assert.True(_receiver.IsQuiet);
    }

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("half of it")]
    public async Task An_answer_that_breaks_off_is_no_answer_and_the_event_comes_again_under_its_id(string at)
    {
        _receiver.Answer = _ => Task.FromResult(Receiver.With(200, "half of it and the rest"));
        var broken = _proxy.BreakAt(Toward.Client, at, LinkEnd.Reset);
        var hook = await AddAsync($"http://127.0.0.1:{_proxy.Port}/hook");

        await HappenAsync();
        var first = await _receiver.NextAsync();
        await broken.WaitAsync(Ct);
        var tried = await TriedAsync(hook, 1);
        await ReachNextTryAsync(tried);
        var second = await _receiver.NextAsync();

        Assert.Equal("The link to the receiver broke.", (string?)tried["attempts"]![0]!["error"]);
        Assert.Equal(first.Headers!["webhook-id"], second.Headers!["webhook-id"]);
    }

    [Fact]
    public async Task An_answer_whose_body_does_not_end_is_given_up_after_its_time()
    {
        _receiver.Answer = _ => Task.FromResult(Receiver.With(200, "half of it and the rest"));
        var stuck = _proxy.BreakAt(Toward.Client, "and the rest", LinkEnd.Freeze);
        var hook = await AddAsync($"http://127.0.0.1:{_proxy.Port}/hook");

        await HappenAsync();
        await stuck.WaitAsync(Ct);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(15));
        var tried = await TriedAsync(hook, 1);

        Assert.Equal("The receiver did not answer within 15 s.", (string?)tried["attempts"]![0]!["error"]);
    }

    [Fact]
    public async Task A_receiver_that_shows_the_certificate_of_another_name_is_sent_nothing()
    {
        using var certificate = ScriptedCertificate.For("other.example.test");
        await using var other = new ScriptedImapServer { Certificate = certificate, ImplicitTls = true }; // as far as TLS goes any server will do
        _gateway.Settings["Gateway:Tls:ExtraRoots"] = certificate.RootFile;
        var hook = await AddAsync($"https://127.0.0.1:{other.Port}/hook");

        await HappenAsync();
        var tried = await TriedAsync(hook, 1);

        Assert.Equal("The TLS handshake failed.", (string?)tried["attempts"]![0]!["error"]);
        Assert.Empty(other.Commands);
    }

    private async Task HappenAsync() => await _gateway.HappenAsync(await _gateway.AddAccountAsync("ann@example.test"));

    private async Task<JsonNode> AddAsync(string url)
    {
        using var added = await _gateway.Admin().PostAsJsonAsync("/v1/webhooks", new { url, types = new[] { "message.deleted" } }, Ct);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        return (await added.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]!;
    }

    /// <summary>The only delivery once it has been tried so often.</summary>
    private async Task<JsonNode> TriedAsync(JsonNode hook, int times)
    {
        while (true)
        {
            var deliveries = (await _gateway.Admin().GetFromJsonAsync<JsonObject>($"/v1/webhooks/{hook}/deliveries", Ct))!["items"]!.AsArray();
            if (deliveries is [{ } delivery] && delivery["attempts"]!.AsArray().Count == times) { return delivery; }

            await Task.Yield();
        }
    }

    private async Task ReachNextTryAsync(JsonNode delivery)
    {
        await _gateway.Clock.ReachAsync(delivery["nextAttemptAt"]!.GetValue<DateTimeOffset>(), LongestWait, Ct);
        _gateway.Clock.Advance(TimeSpan.FromMilliseconds(1)); // what is told is kept to the millisecond
    }
}
