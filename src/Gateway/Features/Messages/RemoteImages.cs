using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>Loads the remote images of a message in the reader's stead, so that its sender learns nothing of the reader but that it was opened.</summary>
internal sealed partial class RemoteImages(IHttpClientFactory clients)
{
    public const string ClientName = "remote-images";
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int MaxRedirects = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>The addresses that a message's safe html names, and which may be asked for: this is no proxy for any others.</summary>
    public static IEnumerable<string> SourcesOf(string? html) =>
        html is null ? [] : Sources().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct();

    /// <summary>Null when it cannot be had, is no raster image, or is over 5 MB.</summary>
    public async Task<(string Type, byte[] Bytes)?> LoadAsync(string source, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        try { return await FollowAsync(new Uri(source), deadline.Token); }
        catch (Exception error) when (error is HttpRequestException or IOException or UriFormatException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<(string Type, byte[] Bytes)?> FollowAsync(Uri place, CancellationToken ct)
    {
        using var client = clients.CreateClient(ClientName);
        for (var redirects = 0; redirects <= MaxRedirects && (place.Scheme == Uri.UriSchemeHttps || place.Scheme == Uri.UriSchemeHttp); redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, place) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("image/*") } } };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } next)
            {
                place = new Uri(place, next);
                continue;
            }

            return answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType is { } type && RasterImages.IsType(type)
                && await ReadAsync(answer.Content, ct) is { } bytes ? (type.ToLowerInvariant(), bytes) : null;
        }

        return null;
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        if (content.Headers.ContentLength > MaxBytes) { return null; }

        await using var body = await content.ReadAsStreamAsync(ct);
        using var read = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (var count = await body.ReadAsync(piece, ct); count > 0; count = await body.ReadAsync(piece, ct))
        {
            if (read.Length + count > MaxBytes) { return null; }

            read.Write(piece, 0, count);
        }

        return read.ToArray();
    }

    [GeneratedRegex("data-remote-src=\"([^\"]*)\"")]
    private static partial Regex Sources();
}
