using System.Text;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetMessageText
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/text", HandleAsync)
        .WithName("GetMessageText").WithSummary("Get a message's text alone, or its html as text when it has none; empty when it has neither")
        .Produces<string>(StatusCodes.Status200OK, "text/plain").RequireScope(Scopes.MailRead);

    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, MessageReading reading, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var message = await reading.ReadAsync(accountId, messageId, at, markSeen: false, ct);
        return TypedResults.Text(message.Text ?? "", "text/plain", Encoding.UTF8);
    }
}
