using Gateway.Http;

namespace Gateway.Features.Operations;

internal static class OperationsEndpoints
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddOptions<OperationOptions>().BindConfiguration(OperationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<Operations>().AddHostedService<OperationWorker>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var operations = routes.MapGroup("/v1/operations").WithTags("Operations").WithETags().WithProblems(400, 401, 403, 404, 429);
        GetOperation.Map(operations);
        CancelOperation.Map(operations);
        UndoOperation.Map(operations);
    }
}
