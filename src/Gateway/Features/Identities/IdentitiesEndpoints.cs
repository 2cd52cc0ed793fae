using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Identities;

internal static class IdentitiesEndpoints
{
    public static IServiceCollection AddIdentities(this IServiceCollection services) =>
        services.AddSingleton<Senders>().AddExample(new IdentityRequest("sales@example.com", "Ann, Sales", SignatureText: "Ann\nSales", IsDefault: true));

    public static void MapIdentities(this IEndpointRouteBuilder routes)
    {
        var identities = routes.MapGroup("/v1/accounts/{accountId}/identities").WithTags("Identities").TellMissingAccount().WithETags()
            .WithProblems(400, 401, 403, 404, 429);
        ListIdentities.Map(identities);
        AddIdentity.Map(identities);
        GetIdentity.Map(identities);
        UpdateIdentity.Map(identities);
        DeleteIdentity.Map(identities);
    }
}
