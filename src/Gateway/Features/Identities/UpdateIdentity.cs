using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Identities;

internal static class UpdateIdentity
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapPut("{identityId}", HandleAsync)
        .WithName("UpdateIdentity").WithSummary("Replace all of an identity").WithProblems(413, 422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Ok<Identity>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string identityId, IdentityRequest request, GatewayDb db, CancellationToken ct)
    {
        if (IdentityEditing.Fault(request) is { } fault) { return fault; }

        if (await IdentityEditing.FindAsync(db, accountId, identityId, ct) is not { } record) { return Problems.IdentityNotFound; }

        request.Apply(record);
        await IdentityEditing.SaveAsync(db, record, ct);
        return TypedResults.Ok(Identity.From(record));
    }
}
