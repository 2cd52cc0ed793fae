using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Gateway.IntegrationTests;

/// <summary>What Gateway answered, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Bytes, HttpContentHeaders Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Bytes);

    /// <summary>The code of a problem.</summary>
    public string? Code => Json.GetProperty("code").GetString();

    /// <summary>Status and code together, for one assertion.</summary>
    public (int Status, string? Code) Problem => ((int)Status, Code);

    public static async Task<Answer> SendAsync(HttpClient http, HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) { request.Content = new StringContent(JsonSerializer.Serialize(body), null, "application/json"); }

        return await ReadAsync(http, request, ct);
    }

    public static async Task<Answer> ReadAsync(HttpClient http, HttpRequestMessage request, CancellationToken ct)
    {
        using var response = await http.SendAsync(request, ct);
        return new Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct), response.Content.Headers);
    }
}
