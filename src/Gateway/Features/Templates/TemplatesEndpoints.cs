using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Templates;

internal static class TemplatesEndpoints
{
    public static IServiceCollection AddTemplates(this IServiceCollection services) =>
        services.AddSingleton<Liquid>().AddSingleton<TemplateFilling>()
            .AddExample(new TemplateRequest("Welcome", "Welcome, {{ user.name }}", "Hello {{ user.name | default: \"there\" }},\nyour trial ends on {{ ends }}.", "<p>Hello <b>{{ user.name }}</b></p>"));

    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        var templates = routes.MapGroup("/v1/accounts/{accountId}/templates").WithTags("Templates").TellMissingAccount().WithETags()
            .WithProblems(400, 401, 403, 404, 429);
        ListTemplates.Map(templates);
        AddTemplate.Map(templates);
        GetTemplate.Map(templates);
        UpdateTemplate.Map(templates);
        DeleteTemplate.Map(templates);
        PreviewTemplate.Map(templates);
    }
}
