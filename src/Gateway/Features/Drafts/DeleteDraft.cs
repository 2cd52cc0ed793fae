using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Drafts;

internal static class DeleteDraft
{
    public static void Map(IEndpointRouteBuilder drafts) => drafts.MapDelete("{draftId}", HandleAsync)
        .WithName("DeleteDraft").WithSummary("Throw a draft away for good").RequireScope(Scopes.MailWrite);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey draftId, DraftReading reading, DraftPlaces places, Outbox outbox, CancellationToken ct)
    {
        if (await reading.FindAsync(accountId, draftId, ct) is null) { return Problems.MessageNotFound; }

        if ((await outbox.OfDraftAsync(accountId, draftId, ct)).Any(SendDraft.IsUnderWay)) { return Problems.DraftInUse; }

        await places.DiscardAsync(accountId, draftId, Lane.Interactive, ct);
        return TypedResults.NoContent();
    }
}
