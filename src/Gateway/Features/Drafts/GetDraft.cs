using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Drafts;

internal static class GetDraft
{
    public static void Map(IEndpointRouteBuilder drafts) => drafts.MapGet("{draftId}", HandleAsync)
        .WithName("GetDraft").WithSummary("Get a draft, to be written on").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Draft>, ProblemHttpResult>> HandleAsync(AccountId accountId, MessageKey draftId, DraftReading reading, CancellationToken ct) =>
        await reading.ReadAsync(accountId, draftId, ct) is { } draft ? TypedResults.Ok(draft) : Problems.MessageNotFound;
}
