using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Push;

internal static class AddPushSubscription
{
    public static void Map(IEndpointRouteBuilder subscriptions) => subscriptions.MapPost("", HandleAsync)
        .WithName("AddPushSubscription").WithSummary("Have a browser told of new mail; one that subscribes again keeps its subscription (200)").WithProblems(413, 422).RequireScope(Scopes.MailRead);

    internal static async Task<Results<Created<PushSubscription>, Ok<PushSubscription>, ProblemHttpResult>> HandleAsync(
        PushSubscriptionRequest request, PushSubscriptions subscriptions, PushEditing editing, GatewayDb db, HttpContext context, TimeProvider clock, CancellationToken ct)
    {
        var caller = context.Caller();
        if ((request.AccountId ?? caller.Me) is not { } account) { return Problems.Invalid([new("/accountId", null, "is needed, since more than one account is within reach")]); }

        // In the same words whether there is none or it is another's.
        if (!caller.Reaches(account) || !await db.Accounts.AnyAsync(a => a.Id == account, ct)) { return Problems.Invalid([new("/accountId", null, "is no account within reach")]); }

        if (await editing.CheckAsync(account, request, ct) is { Passed: false } checks) { return Problems.Invalid(checks.Faults); }

        if (await subscriptions.OfEndpointAsync(account, request.Endpoint, ct) is { } known) { return TypedResults.Ok(await RenewAsync(known)); }

        if (await subscriptions.CountAsync(account, ct) >= PushEditing.MaxSubscriptions) { return Problems.Invalid([new("", null, $"at most {PushEditing.MaxSubscriptions} push subscriptions an account")]); }

        var added = new PushSubscriptionRecord { Id = Guid.NewGuid(), Account = account, Endpoint = request.Endpoint, Session = caller.Session, PublicKey = [], SealedAuth = [], CreatedAt = clock.GetUtcNow() };
        editing.Apply(request, added);
        try { await subscriptions.AddAsync(added, ct); }
        catch (DbUpdateException)
        {
            // The browser subscribed twice at once: the other request was first.
            if (await subscriptions.OfEndpointAsync(account, request.Endpoint, ct) is { } first) { return TypedResults.Ok(await RenewAsync(first)); }

            throw;
        }

        return TypedResults.Created($"/v1/push-subscriptions/{added.Id:N}", PushSubscription.From(added));

        async Task<PushSubscription> RenewAsync(PushSubscriptionRecord record)
        {
            record.Session = caller.Session; // the browser has signed in anew
            editing.Apply(request, record);
            await subscriptions.UpdateAsync(record, ct);
            return PushSubscription.From(record);
        }
    }
}
