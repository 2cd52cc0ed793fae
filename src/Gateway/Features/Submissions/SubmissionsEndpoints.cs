using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Submissions;

internal static class SubmissionsEndpoints
{
    public static IServiceCollection AddSubmissions(this IServiceCollection services)
    {
        services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddExample(SubmissionExamples.Request).AddExample(SubmissionExamples.Sent);
        return services.AddSingleton<Outbox>().AddSingleton<SubmissionIds>().AddSingleton<OutcomeWait>().AddSingleton<MessageBuilding>().AddSingleton<Filing>().AddSingleton<Sending>().AddSingleton<RetryWaits>().AddHostedService<OutboxWorker>().AddHostedService<OutboxExpiryWorker>();
    }

    public static void MapSubmissions(this IEndpointRouteBuilder routes)
    {
        var submissions = routes.MapGroup("/v1/accounts/{accountId}/submissions").WithTags("Submissions").TellMissingAccount().WithETags()
            .WithProblems(400, 401, 403, 404, 429);
        SubmitMessage.Map(submissions);
        SubmitMerge.Map(submissions);
        ListSubmissions.Map(submissions);
        GetSubmission.Map(submissions);
        UpdateSubmission.Map(submissions);
        CancelSubmission.Map(submissions);
        RetrySubmission.Map(submissions);
    }
}
