using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Threads;

internal static class GetThread
{
    public static void Map(IEndpointRouteBuilder threads) => threads.MapGet("{threadId}", HandleAsync)
        .WithName("GetThread").WithSummary("Get a conversation with all its messages, whatever mailbox they are in").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<MailThread>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, ThreadId threadId, ThreadIndex index, ThreadReading reading, CancellationToken ct) =>
        await reading.ReadAsync(accountId, await index.ReadAsync(accountId, ct), threadId, ct) is { } thread ? TypedResults.Ok(thread) : Problems.ThreadNotFound;
}
