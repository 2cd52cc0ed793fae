using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Blobs;

internal static class BlobsEndpoints
{
    /// <summary>Whoever writes drafts may attach to them, and so may who sends.</summary>
    public const Scopes Scopes = Http.Scopes.MailWrite | Http.Scopes.MailSend;

    public static IServiceCollection AddBlobs(this IServiceCollection services)
    {
        services.AddOptions<BlobOptions>().BindConfiguration(BlobOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<BlobStore>().AddHostedService<BlobExpiryWorker>();
    }

    public static void MapBlobs(this IEndpointRouteBuilder routes)
    {
        var blobs = routes.MapGroup("/v1/accounts/{accountId}/blobs").WithTags("Blobs").TellMissingAccount().WithProblems(400, 401, 403, 404, 429);
        AddBlob.Map(blobs);
        UpdateBlob.Map(blobs);
        GetBlob.Map(blobs);
        CheckBlob.Map(blobs);
        DeleteBlob.Map(blobs);
    }
}
