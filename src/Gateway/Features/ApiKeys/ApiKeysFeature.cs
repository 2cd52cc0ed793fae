namespace Gateway.Features.ApiKeys;

internal static class ApiKeysFeature
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services) =>
        services.AddSingleton<ApiKeys>().AddHostedService<FirstKey>();
}
