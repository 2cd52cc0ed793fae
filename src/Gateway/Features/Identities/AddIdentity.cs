using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Identities;

internal static class AddIdentity
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapPost("", HandleAsync)
        .WithName("AddIdentity").WithSummary("Add a name and address to write under").WithProblems(413, 422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Created<Identity>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, IdentityRequest request, GatewayDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }

        if (IdentityEditing.Fault(request) is { } fault) { return fault; }

        if (await db.Identities.CountAsync(i => i.Account == accountId, ct) >= IdentityEditing.MaxIdentities) { return Problems.Invalid([new("", null, $"at most {IdentityEditing.MaxIdentities} identities")]); }

        var record = new IdentityRecord { Id = Guid.NewGuid(), Account = accountId, Email = request.Email, CreatedAt = clock.GetUtcNow() };
        request.Apply(record);
        db.Identities.Add(record);
        await IdentityEditing.SaveAsync(db, record, ct);
        var added = Identity.From(record);
        return TypedResults.Created($"/v1/accounts/{accountId}/identities/{added.Id}", added);
    }
}
