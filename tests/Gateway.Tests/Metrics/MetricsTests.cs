using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Gateway.Http;
using Gateway.Tests.Submissions;

namespace Gateway.Tests.Metrics;

/// <summary>What an operator reads at /metrics.</summary>
[Collection(nameof(Alone))]
public sealed class MetricsTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Events_attempts_and_the_outbox_are_counted()
    {
        var account = await _gateway.AddAccountAsync();
        await _gateway.SubmitAsync(account, new JsonObject { ["to"] = SendingGateway.Addresses("carl@example.test"), ["text"] = "x", ["hold"] = true });
        await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, "bob@example.test"), "sent");

        var text = await _gateway.Client().GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);

        Assert.Equal(1, Value(text, """gateway_submission_attempts_total{""", "result=\"Accepted\""));
        Assert.Equal(1, Value(text, "gateway_outbox_submissions{", "state=\"Held\""));
        Assert.Equal(0, Value(text, "gateway_outbox_submissions{", "state=\"Queued\""));
        Assert.Equal(0, Value(text, "gateway_outbox_age_seconds", ""));
        Assert.Equal(1, Value(text, "gateway_events_total{", "type=\"account.state\""));
        Assert.True(Value(text, "gateway_event_lag_seconds_count{", "type=\"submission.state\"") >= 3);
        Assert.Contains("http_server_request_duration_seconds_bucket", text, StringComparison.Ordinal);
        Assert.DoesNotContain("example.test", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_for_administrators()
    {
        await using var gateway = new GatewayFactory();
        using var reader = gateway.CreateCaller(await gateway.CreateKeyAsync(Scopes.MailRead | Scopes.AccountsManage, null, Ct));
        using var stranger = gateway.CreateStranger();

        using var refused = await reader.GetAsync(new Uri("/metrics", UriKind.Relative), Ct);
        using var unknown = await stranger.GetAsync(new Uri("/metrics", UriKind.Relative), Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (refused.StatusCode, unknown.StatusCode));
    }

    private static double Value(string text, string name, string label) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Meters are counted by name in the whole process: other hosts beside this one would be in its figures.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
