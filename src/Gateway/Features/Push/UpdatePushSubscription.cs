using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Push;

internal static class UpdatePushSubscription
{
    public static void Map(IEndpointRouteBuilder subscriptions) => subscriptions.MapPut("{subscriptionId}", HandleAsync)
        .WithName("UpdatePushSubscription").WithSummary("Replace a push subscription: what it is told, or the browser's new endpoint and keys").WithProblems(413, 422).RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<PushSubscription>, ProblemHttpResult>> HandleAsync(
        string subscriptionId, PushSubscriptionRequest request, PushSubscriptions subscriptions, PushEditing editing, HttpContext context, CancellationToken ct)
    {
        if (await subscriptions.FindAsync(subscriptionId, context.Caller(), ct) is not { } record) { return Problems.PushSubscriptionNotFound; }

        var checks = await editing.CheckAsync(record.Account, request, ct);
        if (request.AccountId is { } account && account != record.Account) { checks.Fail("/accountId", "cannot change: add another subscription"); }

        if (await subscriptions.OfEndpointAsync(record.Account, request.Endpoint, ct) is { } other && other.Id != record.Id) { checks.Fail("/endpoint", "has a subscription already"); }

        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        editing.Apply(request, record);
        await subscriptions.UpdateAsync(record, ct);
        return TypedResults.Ok(PushSubscription.From(record));
    }
}
