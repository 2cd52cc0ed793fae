using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Features.Events;
using Gateway.Features.Metrics;
using Gateway.Http;
using Gateway.Mail.Faults;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Webhooks;

/// <summary>One POST of one event to one webhook.</summary>
internal sealed class WebhookSending(IHttpClientFactory clients, WebhookSecrets secrets, Measures measures, IOptions<WebhookOptions> options, TimeProvider clock)
{
    public const string ClientName = "webhooks";
    private const int MaxAnswer = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Tries once. What the receiver does is an outcome and never an exception.</summary>
    /// <returns>The attempt, and how long the receiver asks us to wait (429 and 503 with Retry-After).</returns>
    public async Task<(WebhookAttempt Attempt, TimeSpan? Wait)> SendAsync(WebhookRecord webhook, MailEvent happened, CancellationToken ct)
    {
        var outcome = await PostAsync(webhook, happened, ct);
        measures.Delivered(happened, outcome.Attempt.Succeeded, clock.GetUtcNow());
        return outcome;
    }

    private async Task<(WebhookAttempt Attempt, TimeSpan? Wait)> PostAsync(WebhookRecord webhook, MailEvent happened, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        var began = clock.GetTimestamp();
        var body = JsonSerializer.Serialize(happened, WireJson.Options);
        using var deadline = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            using var client = clients.CreateClient(ClientName);
            client.Timeout = System.Threading.Timeout.InfiniteTimeSpan; // ours holds for the body as well
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("webhook-id", happened.Id);
            request.Headers.Add("webhook-timestamp", $"{at.ToUnixTimeSeconds()}");
            request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Sign(secrets.Of(webhook, at), happened.Id, at.ToUnixTimeSeconds(), body));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var said = await BeginningAsync(answer, either.Token);
            var wait = answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? answer.Headers.RetryAfter : null;
            return (new(at, Elapsed(), (int)answer.StatusCode, said), wait is null ? null : Bounded(wait.Delta ?? (wait.Date - at)));
        }
        catch (HttpRequestException error) when (error.InnerException is MailException refused) { return (new(at, Elapsed(), Error: refused.Message), null); }
        catch (HttpRequestException error) { return (new(at, Elapsed(), Error: error.InnerException is System.Security.Authentication.AuthenticationException ? "The TLS handshake failed." : "The link to the receiver broke."), null); }
        catch (IOException) { return (new(at, Elapsed(), Error: "The link to the receiver broke."), null); }
        catch (MailException refused) { return (new(at, Elapsed(), Error: refused.Message), null); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return (new(at, Elapsed(), Error: $"The receiver did not answer within {options.Value.Timeout.TotalSeconds:0} s."), null); }

        int Elapsed() => (int)clock.GetElapsedTime(began).TotalMilliseconds;
    }

    private static TimeSpan? Bounded(TimeSpan? wait) => wait is { } asked && asked > TimeSpan.Zero ? (asked < LongestWait ? asked : LongestWait) : null;

    private static async Task<string?> BeginningAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[MaxAnswer];
        var read = await body.ReadAtLeastAsync(buffer, MaxAnswer, throwOnEndOfStream: false, ct);
        return read == 0 ? null : ServerText.Clean(Encoding.UTF8.GetString(buffer, 0, read));
    }
}
