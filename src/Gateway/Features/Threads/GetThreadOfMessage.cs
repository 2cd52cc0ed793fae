using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Threads;

internal static class GetThreadOfMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/thread", HandleAsync)
        .WithName("GetThreadOfMessage").WithSummary("Get the conversation a message belongs to").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<MailThread>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, ThreadIndex index, ThreadReading reading, CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var groups = await index.ReadAsync(accountId, ct);
        return groups.ThreadOf(new(await locator.MailboxAsync(accountId, at, ct), at.Uid)) is { } thread && await reading.ReadAsync(accountId, groups, new ThreadId(thread), ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.ThreadNotFound;
    }
}
