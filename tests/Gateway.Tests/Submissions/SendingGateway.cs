using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Storage;
using Gateway.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Submissions;

/// <summary>A Gateway in process whose accounts send through a scripted SMTP server, under a clock the test moves. It can be stopped and started again on its store.</summary>
internal sealed class SendingGateway : IAsyncDisposable
{
    /// <summary>The outbox looks around at least this often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly GatewayFactory _store = new();
    private WebApplicationFactory<Program> _host;

    public SendingGateway() => _host = Start();

    /// <summary>Settings of its own; those of a <see cref="Restart"/> from then on.</summary>
    public Dictionary<string, string> Settings => _store.Settings;

    public ScriptedSmtpServer Smtp { get; } = new();

    public WatchedClock Clock { get; } = new();

    public IServiceProvider Services => _host.Services;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Ends the host as SIGTERM would, and starts another one on the same store.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Restart();
    }

    public ValueTask StopAsync() => _host.DisposeAsync();

    public void Restart()
    {
        _host = Start();
        _ = _host.Services;
    }

    public async Task<AccountId> AddAccountAsync(string email = "ann@example.test", int? smtpPort = null)
    {
        using var answer = await Client().PostAsJsonAsync("/v1/accounts?verify=false", new
        {
            email,
            displayName = "Ann",
            credentials = new { type = "password", password = "secret" },
            smtp = new { host = "127.0.0.1", port = smtpPort ?? Smtp.Port, security = "none" },
        }, Ct);
        return AccountId.Parse((string)(await BodyAsync(answer, HttpStatusCode.Created))["id"]!, null);
    }

    public Task<HttpResponseMessage> PostAsync(AccountId account, JsonNode mail, string? key = null) => PostAsync(account, JsonContent.Create(mail), key);

    public Task<HttpResponseMessage> PostAsync(AccountId account, HttpContent mail, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/accounts/{account}/submissions") { Content = mail };
        if (key is not null) { request.Headers.TryAddWithoutValidation("Idempotency-Key", key); }

        return Client().SendAsync(request, Ct);
    }

    /// <summary>Submits and returns the submission's id.</summary>
    public async Task<string> SubmitAsync(AccountId account, JsonNode mail)
    {
        using var answer = await PostAsync(account, mail);
        return (string)(await BodyAsync(answer, HttpStatusCode.Accepted))["id"]!;
    }

    public Task<string> SubmitAsync(AccountId account, params string[] to) =>
        SubmitAsync(account, new JsonObject { ["to"] = Addresses(to), ["subject"] = "Hello", ["text"] = "Hi", ["saveToSent"] = false });

    public static JsonArray Addresses(params string[] addresses) => [.. addresses.Select(a => new JsonObject { ["address"] = a })];

    public async Task<JsonObject> GetAsync(AccountId account, string id)
    {
        using var answer = await Client().GetAsync(new Uri($"/v1/accounts/{account}/submissions/{id}", UriKind.Relative), Ct);
        return await BodyAsync(answer, HttpStatusCode.OK);
    }

    public Task<HttpResponseMessage> ListSubmissionsAsync(AccountId account, string query) =>
        Client().GetAsync(new Uri($"/v1/accounts/{account}/submissions?{query}", UriKind.Relative), Ct);

    /// <summary>The submission as the event log first tells it in this state, after so many attempts.</summary>
    public async Task<JsonObject> ReachedAsync(AccountId account, string id, string state, int attempts = 1)
    {
        await foreach (var happened in Services.GetRequiredService<EventLog>().TailAsync(account, 0, Ct))
        {
            var submission = JsonNode.Parse(happened.Data.GetRawText())!.AsObject();
            if ((string?)submission["id"] == id && (string?)submission["state"] == state && submission["attempts"]!.AsArray().Count == attempts) { return submission; }
        }

        throw new InvalidOperationException("The log ended.");
    }

    /// <summary>The id of the account's first submission, as soon as there is one.</summary>
    public async Task<string> FirstSubmissionAsync(AccountId account)
    {
        await foreach (var happened in Services.GetRequiredService<EventLog>().TailAsync(account, 0, Ct))
        {
            if (happened.Type == EventTypes.SubmissionState) { return happened.Data.GetProperty("id").GetString()!; }
        }

        throw new InvalidOperationException("The log ended.");
    }

    /// <summary>The submission, as soon as it is told to wait for its pace.</summary>
    public async Task<JsonObject> WaitsAsync(AccountId account, string id)
    {
        // The outbox sets its alarm when it has looked at what is due.
        var found = await GetAsync(account, id);
        await Clock.UntilSetAsync(async () => (string?)(found = await GetAsync(account, id))["waitsFor"] == "pacing", Ct);
        return found;
    }

    /// <summary>Lets the time come at which the submission is due.</summary>
    public Task ReachDueTimeAsync(JsonObject submission) =>
        Clock.ReachAsync(DateTimeOffset.Parse((string)submission["sendAt"]!, System.Globalization.CultureInfo.InvariantCulture), LongestWait, Ct);

    /// <summary>Whether the store still holds the mail itself.</summary>
    public async Task<bool> HoldsMimeAsync(string id)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
        return await db.SubmissionMimes.AnyAsync(m => m.SubmissionId == Guid.Parse(id), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Smtp.DisposeAsync(); // first, so that no attempt is waited for
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    private WebApplicationFactory<Program> Start() =>
        _store.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock)));

    public HttpClient Client()
    {
        var client = _host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", GatewayFactory.AdminKey);
        return client;
    }

    public static async Task<JsonObject> BodyAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
