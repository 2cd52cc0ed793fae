using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Http;

/// <summary>POSTs with idempotency keys to an account that nobody else uses.</summary>
internal sealed class KeyedRequests(Func<HttpClient> client)
{
    /// <summary>The account's id.</summary>
    public string Account { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task AddOwnAccountAsync() => Account = await AddAccountAsync("ann@example.test");

    public async Task<string> AddAccountAsync(string email)
    {
        using var answer = await SendAsync("/v1/accounts?verify=false", null, Json(AccountOf(email)), Ct);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]!;
    }

    public Task<HttpResponseMessage> AddIdentityAsync(string key, string name) => PostAsync($"/v1/accounts/{Account}/identities", key, Identity(name));

    public Task<HttpResponseMessage> PostAsync(string path, string? key, string body, HttpClient? other = null) => SendAsync(path, key, Json(body), Ct, other);

    public async Task<HttpResponseMessage> SendAsync(string path, string? key, HttpContent content, CancellationToken ct, HttpClient? other = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null) { request.Headers.TryAddWithoutValidation("Idempotency-Key", key); }

        return await (other ?? client()).SendAsync(request, ct);
    }

    public async Task<JsonArray> IdentitiesAsync() => (await client().GetFromJsonAsync<JsonObject>($"/v1/accounts/{Account}/identities", Ct))!["items"]!.AsArray();

    /// <summary>All of an answer that a repeat has in common with it.</summary>
    public static async Task<string> WholeAsync(HttpResponseMessage answer) =>
        $"{answer.StatusCode} {answer.Headers.Location} {answer.Content.Headers.ContentType} {await answer.Content.ReadAsStringAsync(Ct)}";

    public static string Identity(string name) => $$"""{"address":"ann@example.test","name":"{{name}}"}""";

    public static string AccountOf(string email) =>
        JsonSerializer.Serialize(new { email, credentials = new { type = "password", password = "secret" }, smtp = new { host = "127.0.0.1", port = 1, security = "tls" } });

    public static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/json"));
}
