using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetRemoteImage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/remote-image", HandleAsync)
        .WithName("GetRemoteImage").WithSummary("Get an image that a message shows from another host, loaded by this server in the reader's stead")
        .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="url">A `data-remote-src` of the message's html; no other address is loaded.</param>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, string url, MessageLocator locator, MessageReading reading, RemoteImages images, HttpContext context,
        CancellationToken ct)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var message = await reading.ReadAsync(accountId, messageId, at, markSeen: false, ct);
        if (!RemoteImages.SourcesOf(message.Html).Contains(url)) { return Problems.ImageNotFound; }

        if (await images.LoadAsync(url, ct) is not (var type, var bytes)) { return Problems.ImageUnavailable; }

        context.Response.Headers.CacheControl = "private, max-age=86400";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Bytes(bytes, type);
    }
}
