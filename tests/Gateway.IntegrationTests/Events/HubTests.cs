using System.Text.Json;
using System.Threading.Channels;
using Gateway.TestKit.Servers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace Gateway.IntegrationTests.Events;

public sealed class HubTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_delivered_shows_up_at_a_subscribed_hub_client()
    {
        var account = await TestAccount.AddAsync(servers);
        await using var hub = Connect(out var events);
        await hub.StartAsync(Ct);
        await hub.InvokeAsync<string>("Subscribe", account.Id, null, Ct);

        await account.DeliverAsync("Subject: Live\r\n\r\nText\r\n");
        var happened = await events.ReadAsync(Ct);

        Assert.Equal("message.created", happened.GetProperty("type").GetString());
        Assert.Equal("Live", happened.GetProperty("data").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task A_client_that_reconnects_with_its_cursor_misses_nothing()
    {
        var account = await TestAccount.AddAsync(servers);
        string start;
        await using (var first = Connect(out var early))
        {
            await first.StartAsync(Ct);
            start = await first.InvokeAsync<string>("Subscribe", account.Id, null, Ct);
            await account.DeliverAsync("Subject: While connected\r\n\r\nText\r\n");
            await early.ReadAsync(Ct);
        }

        await using var hub = Connect(out var events);
        await hub.StartAsync(Ct);
        await hub.InvokeAsync<string>("Subscribe", account.Id, start, Ct);
        var missed = await events.ReadAsync(Ct);

        Assert.Equal("While connected", missed.GetProperty("data").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task An_account_out_of_reach_cannot_be_subscribed_to()
    {
        await using var hub = Connect(out _);
        await hub.StartAsync(Ct);

        var refusal = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<string>("Subscribe", "not-an-account", null, Ct));

        Assert.Contains("account-not-found", refusal.Message, StringComparison.Ordinal);
    }

    private HubConnection Connect(out ChannelReader<JsonElement> events)
    {
        var channel = Channel.CreateUnbounded<JsonElement>();
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(servers.Gateway.Address, "/hubs/events"), http => http.AccessTokenProvider = () => Task.FromResult<string?>(GatewayProcess.AdminKey))
            .Build();
        hub.On<JsonElement>("Event", happened => channel.Writer.TryWrite(happened));
        events = channel.Reader;
        return hub;
    }
}
