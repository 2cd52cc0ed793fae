using Gateway.Http;

namespace Gateway.Features.Session;

internal static class SessionEndpoints
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddExample(new SignInRequest("ann@example.com", "an app password")).AddSingleton<Sessions>().AddSingleton<SignInTries>().AddSingleton<MailboxProof>();

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/v1/session").WithTags("Session").WithProblems(400, 401, 403, 429);
        SignIn.Map(session);
        GetSession.Map(session);
        SignOut.Map(session);
        AddSessionAccount.Map(session);
        DeleteSessionAccount.Map(session);

        var sessions = routes.MapGroup("/v1/sessions").WithTags("Session").WithProblems(400, 401, 403, 429);
        ListSessions.Map(sessions);
        DeleteSession.Map(sessions);
        DeleteOtherSessions.Map(sessions);
    }
}
