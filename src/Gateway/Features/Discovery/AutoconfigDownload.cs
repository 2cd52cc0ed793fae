using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

/// <summary>Fetches a small document from a host that a stranger may have named.</summary>
internal sealed class AutoconfigDownload(IHttpClientFactory clients, IOptions<DiscoveryOptions> options)
{
    public const string ClientName = "discovery";

    private const int MaxBytes = 128 * 1024;
    private const int MaxRedirects = 3;

    /// <summary>Null when there is no such document, or one too large to be what was asked for.</summary>
    public async Task<MemoryStream?> GetAsync(Uri place, CancellationToken ct)
    {
        using var client = clients.CreateClient(ClientName);
        for (var redirects = 0; redirects <= MaxRedirects && MayAsk(place); redirects++)
        {
            using var answer = await client.GetAsync(place, HttpCompletionOption.ResponseHeadersRead, ct);
            if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } next)
            {
                place = new Uri(place, next);
                continue;
            }

            return answer.IsSuccessStatusCode ? await ReadAsync(answer.Content, ct) : null;
        }

        return null;
    }

    private bool MayAsk(Uri place) => place.Scheme == Uri.UriSchemeHttps || (options.Value.AllowHttp && place.Scheme == Uri.UriSchemeHttp);

    private static async Task<MemoryStream?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        var buffer = new byte[MaxBytes + 1];
        await using var body = await content.ReadAsStreamAsync(ct);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MaxBytes ? null : new MemoryStream(buffer, 0, length, writable: false);
    }
}
