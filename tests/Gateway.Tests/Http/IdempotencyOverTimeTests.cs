using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Http;
using Gateway.Storage;
using Gateway.Tests.Webhooks;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Http;

/// <summary>How long an idempotency key is known, whatever clients and servers do meanwhile.</summary>
public sealed class IdempotencyOverTimeTests : IAsyncLifetime
{
    private readonly GatewayFactory _store = new();
    private readonly WatchedClock _clock = new();
    private readonly KeyedRequests _requests;
    private WebApplicationFactory<Program> _gateway;

    public IdempotencyOverTimeTests() => (_gateway, _requests) = (Start(), new(Admin));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _requests.AddOwnAccountAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_restart_forgets_no_key()
    {
        using var first = await _requests.AddIdentityAsync("key", "Ann");
        var before = await KeyedRequests.WholeAsync(first);
        await _gateway.DisposeAsync();
        _gateway = Start();

        using var again = await _requests.AddIdentityAsync("key", "Ann");

        Assert.Equal(before, await KeyedRequests.WholeAsync(again));
        Assert.Single(await _requests.IdentitiesAsync());
    }

    [Fact]
    public async Task A_key_is_kept_for_a_week()
    {
        using var first = await _requests.AddIdentityAsync("key", "Ann");
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        using var kept = await _requests.AddIdentityAsync("key", "Ann");
        _clock.Advance(TimeSpan.FromMinutes(2));
        using var anew = await _requests.AddIdentityAsync("key", "Ann");

        Assert.Equal(await KeyedRequests.WholeAsync(first), await KeyedRequests.WholeAsync(kept));
        Assert.NotEqual(await KeyedRequests.WholeAsync(first), await KeyedRequests.WholeAsync(anew));
        Assert.Equal(2, (await _requests.IdentitiesAsync()).Count);
    }

    [Fact]
    public async Task Old_keys_are_forgotten_and_those_of_a_deleted_account_with_it()
    {
        using var first = await _requests.AddIdentityAsync("key", "Ann");
        using var added = await _requests.PostAsync("/v1/accounts?verify=false", "key", KeyedRequests.AccountOf("bob@example.test"));
        var answers = _gateway.Services.GetRequiredService<IdempotentAnswers>();
        await answers.ForgetOldAsync(Ct);
        Assert.Equal(2, await KeptAsync());

        using var deleted = await Admin().DeleteAsync(added.Headers.Location, Ct);
        Assert.Equal(1, await KeptAsync());
        _clock.Advance(TimeSpan.FromDays(8));
        await answers.ForgetOldAsync(Ct);
        Assert.Equal(0, await KeptAsync());
    }

    [Fact]
    public async Task What_was_begun_for_a_client_that_left_is_kept_for_its_return()
    {
        using var receiver = new Receiver();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        receiver.Answer = async _ =>
        {
            begun.TrySetResult();
            await end.Task;
            return Receiver.With(200, "heard");
        };
        using var hook = await _requests.PostAsync("/v1/webhooks", null, $$"""{"url":"{{receiver.Url}}","enabled":false}""");
        var path = $"{hook.Headers.Location}/test";
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var left = _requests.SendAsync(path, "key", KeyedRequests.Json(""), leaving.Token);
        await begun.Task.WaitAsync(Ct);
        await leaving.CancelAsync();
        var returned = _requests.PostAsync(path, "key", "");
        end.SetResult();

        Assert.Equal("heard", (string?)(await (await returned).Content.ReadFromJsonAsync<JsonObject>(Ct))!["answer"]);
        await receiver.NextAsync();
        Assert.True(receiver.IsQuiet);
        await Task.WhenAny(left); // nobody reads it
    }

    private WebApplicationFactory<Program> Start() => _store.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_clock)));

    private HttpClient Admin()
    {
        var client = _gateway.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewayFactory.AdminKey);
        return client;
    }

    private async Task<int> KeptAsync()
    {
        await using var db = await _gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
        return await db.IdempotentAnswers.CountAsync(Ct);
    }
}
