using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Features.Drafts;

internal static class UpdateDraft
{
    public static void Map(IEndpointRouteBuilder drafts) => drafts.MapPut("{draftId}", HandleAsync)
        .WithName("UpdateDraft").WithSummary("Save a draft again, all of it; its id stays, and at no moment is there none")
        .WithMetadata(new RequestSizeLimitAttribute(AddDraft.MaxBody), new ETags.TaggedWrites()).WithProblems(412, 413, 422, 507).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<Draft>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey draftId, DraftRequest request, DraftWriting writing, DraftPlaces places, DraftReading reading, Outbox outbox,
        HttpContext context, CancellationToken ct)
    {
        if (await reading.FindAsync(accountId, draftId, ct) is not (var at, var before)) { return Problems.MessageNotFound; }

        if (!await ETags.MatchesAsync(context, async () => (await reading.ReadAsync(accountId, draftId, ct))!)) { return Problems.PreconditionFailed; }

        if ((await outbox.OfDraftAsync(accountId, draftId, ct)).Any(SendDraft.IsUnderWay)) { return Problems.DraftInUse; }

        var checks = new Checks();
        using var message = await writing.BuildAsync(accountId, request, before.MessageIdHeader, checks, ct);
        if (message is null) { return Problems.AccountNotFound; }

        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        await places.ReplaceAsync(accountId, draftId, at, message, ct);
        return await reading.ReadAsync(accountId, draftId, ct) is { } saved ? TypedResults.Ok(saved) : Problems.MessageNotFound;
    }
}
