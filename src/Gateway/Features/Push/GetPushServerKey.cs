using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Push;

internal static class GetPushServerKey
{
    public static void Map(IEndpointRouteBuilder subscriptions) => subscriptions.MapGet("server-key", HandleAsync)
        .WithName("GetPushServerKey").WithSummary("Get the public key that browsers subscribe with; it stays the same").RequireScope(Scopes.MailRead);

    internal static async Task<Ok<PushServerKey>> HandleAsync(VapidKeys keys, CancellationToken ct) => TypedResults.Ok(new PushServerKey((await keys.GetAsync(ct)).PublicKey));
}
