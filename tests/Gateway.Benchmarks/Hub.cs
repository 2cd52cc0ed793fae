using System.Text.Json;
using Gateway.TestKit.Servers;
using Microsoft.AspNetCore.SignalR.Client;

namespace Gateway.Benchmarks;

/// <summary>A live client.</summary>
internal static class Hub
{
    public static async Task<HubConnection> OpenAsync(Stand stand, IEnumerable<BenchAccount> accounts, Action<string, JsonElement> happened, CancellationToken ct)
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(stand.Gateway.Address, "/hubs/events"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(GatewayProcess.AdminKey))
            .Build();
        hub.On<JsonElement>("Event", e => happened(e.GetProperty("type").GetString()!, e.GetProperty("data")));
        await hub.StartAsync(ct);
        foreach (var account in accounts) { await hub.InvokeAsync<string>("Subscribe", account.Id, null, ct); }

        return hub;
    }
}
