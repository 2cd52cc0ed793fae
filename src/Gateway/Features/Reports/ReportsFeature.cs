namespace Gateway.Features.Reports;

internal static class ReportsFeature
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddOptions<ReportOptions>().BindConfiguration(ReportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ReportCandidates>().AddHostedService<ReportWorker>()
            .AddSingleton<SenderWatching>().AddHostedService(provider => provider.GetRequiredService<SenderWatching>());
    }
}
