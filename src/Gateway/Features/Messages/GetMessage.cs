using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}", HandleAsync)
        .WithName("GetMessage").WithSummary("Get a message: headers, text, safe html, part tree and attachments").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="markSeen">Also set the seen flag.</param>
    internal static async Task<Results<Ok<Message>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, MessageReading reading, MessageChanges changes,
        HttpContext context, CancellationToken ct, bool markSeen = false)
    {
        if (markSeen && !context.Caller().May(Scopes.MailWrite)) { return Problems.InsufficientScope; }

        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var message = await reading.ReadAsync(accountId, messageId, at, markSeen, ct);
        if (markSeen) { await changes.UpdatedAsync(accountId, at.Path, [new(messageId, message.MailboxId, message.Flags, message.Keywords)], ct); }

        return TypedResults.Ok(message);
    }
}
