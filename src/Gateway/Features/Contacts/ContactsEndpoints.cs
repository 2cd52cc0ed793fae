using Gateway.Http;

namespace Gateway.Features.Contacts;

internal static class ContactsEndpoints
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services.AddSingleton<ContactBook>();

    public static void MapContacts(this IEndpointRouteBuilder routes) => ListContacts.Map(
        routes.MapGroup("/v1/accounts/{accountId}/contacts").WithTags("Contacts").WithETags().WithProblems(400, 401, 403, 404, 409, 429, 502, 503, 504));
}
