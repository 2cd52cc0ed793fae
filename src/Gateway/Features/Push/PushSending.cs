using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Gateway.Mail.Faults;
using Gateway.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Push;

/// <summary>One push of one notice to one browser (RFC 8030).</summary>
internal sealed class PushSending(IHttpClientFactory clients, VapidKeys keys, Vault vault, IOptions<PushOptions> options, TimeProvider clock)
{
    public const string ClientName = "push";
    private const int TopicBytes = 24; // 32 characters, as many as there may be
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>How long a push service keeps a notice for a browser that is away; older mail is no news.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(1);

    /// <summary>Tries once. What the push service does is an outcome and never an exception.</summary>
    public async Task<PushAttempt> SendAsync(PushSubscriptionRecord to, PushNotice notice, CancellationToken ct)
    {
        var (endpoint, now) = (new Uri(to.Endpoint), clock.GetUtcNow());
        var sealedNotice = PushEncryption.Seal(notice.ToBytes(), to.PublicKey, vault.Open(to.Account, PushEditing.AuthPurpose, to.SealedAuth));
        var key = await keys.GetAsync(ct);
        using var deadline = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(sealedNotice) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", key.Authorize(endpoint, options.Value.Contact, now));
        request.Headers.Add("TTL", $"{KeepFor.TotalSeconds:0}");
        request.Headers.Add("Urgency", "normal");
        request.Headers.Add("Topic", TopicOf(notice));
        try
        {
            using var client = clients.CreateClient(ClientName);
            client.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new((int)answer.StatusCode, Bounded(answer.Headers.RetryAfter, now));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or MailException) { return new(Status: null); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return new(Status: null); }
    }

    /// <summary>A browser that was away is told of the newest message of a mailbox and not of every one.</summary>
    private static string TopicOf(PushNotice notice) =>
        WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes($"{notice.AccountId} {notice.MailboxId}")), 0, TopicBytes);

    private static TimeSpan? Bounded(RetryConditionHeaderValue? wait, DateTimeOffset now) =>
        (wait?.Delta ?? (wait?.Date - now)) is { } asked && asked > TimeSpan.Zero ? (asked < LongestWait ? asked : LongestWait) : null;
}
