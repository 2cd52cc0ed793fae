using System.Text.Json;
using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Settings;

internal static class SettingsEndpoints
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services.AddExample(new Settings(new Dictionary<string, JsonElement>
    {
        ["theme"] = JsonSerializer.SerializeToElement("dark"),
        ["undoSeconds"] = JsonSerializer.SerializeToElement(10),
    }));

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup("/v1/accounts/{accountId}/settings").WithTags("Settings").TellMissingAccount().WithETags()
            .WithProblems(400, 401, 403, 404, 429);
        GetSettings.Map(settings);
        UpdateSettings.Map(settings);
    }
}
