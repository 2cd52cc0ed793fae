using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}", HandleAsync)
        .WithName("GetMessage").WithSummary("Get a message: headers, text, safe html, part tree and attachments").RequireScope(Scopes.MailRead);

    /// <summary>What only the message itself tells, and not the server's description of it.</summary>
    private static readonly string[] FromItsBytes =
        ["text", "html", "preview", "attachments", "authentication", "unsubscribe", "readReceiptTo", "calendar", "deliveryReport", "defects"];

    /// <param name="accountId">The account.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="markSeen">Also set the seen flag.</param>
    /// <param name="fields">Only these fields, comma-separated; what is not asked for is not fetched.</param>
    internal static async Task<Results<Ok<Message>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, MessageReading reading,
        HttpContext context, CancellationToken ct, bool markSeen = false, string? fields = null)
    {
        var (unknown, selection) = FieldSelection.Read<Message>(context, fields);
        if (unknown is not null) { return Problems.Malformed(unknown); }

        if (markSeen && !context.Caller().May(Scopes.MailWrite)) { return Problems.InsufficientScope; }

        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        return TypedResults.Ok(await reading.ReadAsync(accountId, messageId, at, markSeen, ct, selection?.Has(FromItsBytes) != false));
    }
}
