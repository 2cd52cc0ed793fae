using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Events;

public sealed class MailHubTests : IAsyncDisposable
{
    private readonly LiveGateway _gateway = new();
    private readonly Channel<JsonNode> _events = Channel.CreateUnbounded<JsonNode>();
    private readonly Channel<string> _expired = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<HubConnection> _hubs = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs) { await hub.DisposeAsync(); }

        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Events_come_in_order_from_the_cursor_on()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await _gateway.HappenAsync(ann, 300);
        var hub = await ConnectAsync(GatewayFactory.AdminKey);

        var start = await SubscribeAsync(hub, ann, $"{ann}-1");
        await _gateway.HappenAsync(ann, 5);

        Assert.Equal($"{ann}-1", start);
        Assert.Equal(Enumerable.Range(2, 305).Select(n => $"{ann}-{n}"), await IdsAsync(305));
    }

    [Fact]
    public async Task Event_reads_as_it_does_over_rest()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hub = await ConnectAsync(GatewayFactory.AdminKey);
        await SubscribeAsync(hub, ann);
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());

        await _gateway.HappenAsync(ann);

        Assert.Equal((await stream.NextAsync())!.Value.Data, (await _events.Reader.ReadAsync(Ct)).ToJsonString());
    }

    [Fact]
    public async Task Event_in_MessagePack_is_what_it_is_in_JSON()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var (plain, packed) = (await ConnectAsync(GatewayFactory.AdminKey), await ConnectAsync(GatewayFactory.AdminKey, packed: true));
        var received = new TaskCompletionSource<object>();
        packed.On<object>("Event", received.SetResult);
        await SubscribeAsync(plain, ann);
        Assert.Equal($"{ann}-1", await SubscribeAsync(packed, ann));

        await _gateway.Log.AppendAsync(ann, "message.created", new { row = MessageExamples.Row, fraction = 0.5, large = long.MaxValue, nothing = (string?)null, no = false }, _gateway.Clock.GetUtcNow(), Ct);

        var expected = await _events.Reader.ReadAsync(Ct);
        Assert.Equal(expected.ToJsonString(), Json(await received.Task.WaitAsync(Ct))!.ToJsonString());
    }

    [Fact]
    public async Task Refusals_reach_a_client_that_speaks_MessagePack() => Assert.Contains(
        "account-not-found", (await RefusedAsync(await ConnectAsync(GatewayFactory.AdminKey, packed: true), AccountId.New(_gateway.Clock), null)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_cursor_it_begins_now()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await _gateway.HappenAsync(ann, 3);
        var hub = await ConnectAsync(GatewayFactory.AdminKey);

        var start = await SubscribeAsync(hub, ann);
        await _gateway.HappenAsync(ann);

        Assert.Equal($"{ann}-4", start);
        Assert.Equal([$"{ann}-5"], await IdsAsync(1));
    }

    [Fact]
    public async Task Unsubscribed_account_is_silent()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var hub = await ConnectAsync(GatewayFactory.AdminKey);
        await SubscribeAsync(hub, ann);
        await SubscribeAsync(hub, bob);

        await hub.InvokeAsync("Unsubscribe", ann.ToString(), Ct);
        await _gateway.HappenAsync(ann);
        await _gateway.HappenAsync(bob);

        Assert.Equal([$"{bob}-2"], await IdsAsync(1));
    }

    [Fact]
    public async Task Subscribing_again_starts_over_and_not_twice()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hub = await ConnectAsync(GatewayFactory.AdminKey);
        await SubscribeAsync(hub, ann);
        await SubscribeAsync(hub, ann);

        await _gateway.HappenAsync(ann, 2);

        Assert.Equal([$"{ann}-2", $"{ann}-3"], await IdsAsync(2));
        await SubscribeAsync(hub, ann, $"{ann}-0");
        Assert.Equal([$"{ann}-1", $"{ann}-2", $"{ann}-3"], await IdsAsync(3));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{bob}-1")]
    public async Task Foreign_cursor_is_refused(string cursor)
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var hub = await ConnectAsync(GatewayFactory.AdminKey);

        Assert.Contains("malformed-cursor", (await RefusedAsync(hub, ann, cursor.Replace("{bob}", $"{bob}", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_that_is_unknown_or_out_of_reach_is_not_found()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var (admin, limited) = (await ConnectAsync(GatewayFactory.AdminKey), await ConnectAsync(await _gateway.KeyAsync(Scopes.MailRead, ann)));

        Assert.Contains("account-not-found", (await RefusedAsync(admin, AccountId.New(_gateway.Clock), null)).Message, StringComparison.Ordinal);
        Assert.Contains("account-not-found", (await RefusedAsync(limited, bob, null)).Message, StringComparison.Ordinal);
        Assert.Equal($"{ann}-1", await limited.InvokeAsync<string>("Subscribe", "me", null, Ct));
    }

    [Fact]
    public async Task Cursor_behind_the_log_is_told_to_have_expired()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hub = await ConnectAsync(GatewayFactory.AdminKey);

        await SubscribeAsync(hub, ann, $"{ann}-99");

        Assert.Equal(ann.ToString(), await _expired.Reader.ReadAsync(Ct));
    }

    [Fact]
    public async Task Signing_out_closes_the_connection()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hub = await ConnectAsync(null, await _gateway.SignInAsync(ann));
        await SubscribeAsync(hub, ann);

        await _gateway.SignOutAsync(ann);

        await _closed.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task Key_without_the_scope_cannot_connect() =>
        await Assert.ThrowsAsync<HttpRequestException>(async () => await ConnectAsync(await _gateway.KeyAsync(Scopes.MailSend, await _gateway.AddAccountAsync("ann@example.test"))));

    private async Task<HubConnection> ConnectAsync(string? key, string? cookie = null, bool packed = false)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(_gateway.Host.Server.BaseAddress, "/hubs/events"), http =>
        {
            http.HttpMessageHandlerFactory = _ => _gateway.Host.Server.CreateHandler();
            http.Transports = HttpTransportType.LongPolling; // the test server has no sockets
            if (key is not null) { http.AccessTokenProvider = () => Task.FromResult<string?>(key); }

            if (cookie is not null) { http.Headers["Cookie"] = cookie; }
        });
        if (packed) { builder.AddMessagePackProtocol(); }

        var hub = builder.Build();
        if (!packed) { hub.On<JsonNode>("Event", happened => _events.Writer.TryWrite(happened)); }


        hub.On<string>("CursorExpired", account => _expired.Writer.TryWrite(account));
        hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        _hubs.Add(hub);
        await hub.StartAsync(Ct);
        return hub;
    }

    /// <summary>What was unpacked, as the JSON it stands for.</summary>
    private static JsonNode? Json(object? value) => value switch
    {
        IDictionary<object, object?> map => new JsonObject(map.Select(p => KeyValuePair.Create((string)p.Key, Json(p.Value)))),
        object?[] list => new JsonArray([.. list.Select(Json)]),
        _ => JsonSerializer.SerializeToNode(value, WireJson.Options),
    };

    private static Task<string> SubscribeAsync(HubConnection hub, AccountId account, string? cursor = null) =>
        hub.InvokeAsync<string>("Subscribe", account.ToString(), cursor, Ct);

    private static Task<HubException> RefusedAsync(HubConnection hub, AccountId account, string? cursor) =>
        Assert.ThrowsAsync<HubException>(() => SubscribeAsync(hub, account, cursor));

    private async Task<IReadOnlyList<string?>> IdsAsync(int count)
    {
        var ids = new List<string?>();
        while (ids.Count < count) { ids.Add((string?)(await _events.Reader.ReadAsync(Ct))["id"]); }

        return ids;
    }
}
