using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Features.Drafts;

internal static class AddDraft
{
    /// <summary>25 MB of attachments in base64.</summary>
    public const int MaxBody = 35 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder drafts) => drafts.MapPost("", HandleAsync)
        .WithName("AddDraft").WithSummary("Begin a draft").WithMetadata(new RequestSizeLimitAttribute(MaxBody), new ETags.TaggedWrites()).WithProblems(413, 422, 507).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Created<Draft>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, DraftRequest request, DraftWriting writing, DraftPlaces places, DraftReading reading, CancellationToken ct)
    {
        var checks = new Checks();
        using var message = await writing.BuildAsync(accountId, request, null, checks, ct);
        if (message is null) { return Problems.AccountNotFound; }

        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        var draft = await places.AddAsync(accountId, message, ct);
        return await reading.ReadAsync(accountId, draft, ct) is { } saved
            ? TypedResults.Created($"/v1/accounts/{accountId}/drafts/{draft}", saved)
            : Problems.MessageNotFound; // another program took it away at once
    }
}
