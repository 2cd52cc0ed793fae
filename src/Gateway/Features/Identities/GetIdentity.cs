using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Identities;

internal static class GetIdentity
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapGet("{identityId}", HandleAsync)
        .WithName("GetIdentity").WithSummary("Get one of the names and addresses the account writes under").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Identity>, ProblemHttpResult>> HandleAsync(AccountId accountId, string identityId, GatewayDb db, CancellationToken ct) =>
        await IdentityEditing.FindAsync(db, accountId, identityId, ct) is { } found ? TypedResults.Ok(Identity.From(found)) : Problems.IdentityNotFound;
}
