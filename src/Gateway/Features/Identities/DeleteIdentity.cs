using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Identities;

internal static class DeleteIdentity
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapDelete("{identityId}", HandleAsync)
        .WithName("DeleteIdentity").WithSummary("Forget an identity; what was written under it stays").RequireScope(Scopes.MailSend);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(AccountId accountId, string identityId, GatewayDb db, CancellationToken ct) =>
        Guid.TryParseExact(identityId, "N", out var id) && await db.Identities.Where(i => i.Account == accountId && i.Id == id).ExecuteDeleteAsync(ct) > 0
            ? TypedResults.NoContent()
            : Problems.IdentityNotFound;
}
