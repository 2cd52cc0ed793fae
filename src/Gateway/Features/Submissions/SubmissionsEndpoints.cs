namespace Gateway.Features.Submissions;

internal static class SubmissionsEndpoints
{
    public static IServiceCollection AddSubmissions(this IServiceCollection services) => services;

    public static void MapSubmissions(this IEndpointRouteBuilder routes) { }
}
