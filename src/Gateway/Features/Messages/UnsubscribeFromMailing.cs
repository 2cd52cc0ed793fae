using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class UnsubscribeFromMailing
{
    public const string ClientName = "unsubscribe";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder messages) => messages.MapPost("{messageId}/unsubscribe", HandleAsync)
        .WithName("UnsubscribeFromMailing").WithSummary("Leave the mailing that a message belongs to, by its one-click address (RFC 8058)")
        .WithProblems(422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, MessageReading reading, IHttpClientFactory clients, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var message = await reading.ReadAsync(accountId, messageId, at, markSeen: false, ct);
        if (message.Unsubscribe is not { OneClick: true, Url: { } url }) { return Problems.UnsubscribeUnavailable; }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        try
        {
            using var client = clients.CreateClient(ClientName);
            // RFC 8058 section 3.2: these very words, no cookies or other context, and no redirect.
            using var words = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await client.PostAsync(new Uri(url), words, deadline.Token);
            return answer.IsSuccessStatusCode ? TypedResults.NoContent() : Problems.UnsubscribeFailed($"The mailing's server answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException error) when (error.InnerException is MailException refused) { return Problems.UnsubscribeFailed(refused.Message); }
        catch (HttpRequestException) { return Problems.UnsubscribeFailed("The mailing's server cannot be reached."); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return Problems.UnsubscribeFailed("The mailing's server did not answer in time."); }
    }
}
