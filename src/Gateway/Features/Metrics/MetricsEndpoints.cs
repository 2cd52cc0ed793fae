using Gateway.Http;
using Gateway.Mail.Watching;
using Gateway.Storage;
using OpenTelemetry.Metrics;

namespace Gateway.Features.Metrics;

internal static class MetricsEndpoints
{
    /// <summary>Ours, the web server's, the runtime's, and those of the mail library.</summary>
    private static readonly string[] Meters = [Measures.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "mailkit.net.*"];

    public static IServiceCollection AddMeasures(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        return services.AddSingleton<Measures>();
    }

    /// <summary>Prometheus text, for keys with the scope <c>admin</c>: Prometheus sends it as its scrape job's <c>authorization</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var scrape = routes.CreateApplicationBuilder();
        scrape.Use(async (context, next) =>
        {
            var services = context.RequestServices;
            var measures = services.GetRequiredService<Measures>();
            measures.Watched = services.GetRequiredService<Watchers>().Live;
            measures.Outbox = await OutboxMeasure.ReadAsync(
                services.GetRequiredService<GatewayDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), context.RequestAborted);
            await next(context);
        });
        scrape.UseOpenTelemetryPrometheusScrapingEndpoint(null, _ => true, null, null, null);
        routes.MapGet("/metrics", scrape.Build()).RequireScope(Scopes.Admin);
    }
}
