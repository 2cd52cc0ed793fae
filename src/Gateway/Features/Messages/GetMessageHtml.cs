using System.Globalization;
using System.Text;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Rendering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

internal static class GetMessageHtml
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("{messageId}/html", HandleAsync)
        .WithName("GetMessageHtml").WithSummary("Get a message as a safe page of its own, to show or print; it loads nothing, its images are in it")
        .Produces<string>(StatusCodes.Status200OK, "text/html").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="print">Begin with subject, sender, recipients and date.</param>
    /// <param name="remoteImages">What becomes of images on other hosts.</param>
    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageLocator locator, MessageReading reading, PageImages images, HttpContext context, CancellationToken ct,
        bool print = false, WireEnum<RemoteImageHandling>? remoteImages = null)
    {
        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        var message = await reading.ReadAsync(accountId, messageId, at, markSeen: false, ct);
        var html = await images.EmbedAsync(accountId, at, message.Html, remoteImages?.Value == RemoteImageHandling.Proxy, ct);
        context.Response.Headers.ContentSecurityPolicy = MessagePage.Policy;
        return TypedResults.Text(MessagePage.Of(message.Subject, print ? Block(message) : [], html, message.Text), "text/html", Encoding.UTF8);
    }

    private static List<(string Name, string Value)> Block(Message message)
    {
        List<(string Name, string Value)> lines = [("From", Listed(message.From)), ("To", Listed(message.To))];
        if (message.Cc.Count > 0) { lines.Add(("Cc", Listed(message.Cc))); }

        lines.Add(("Date", (message.SentAt ?? message.ReceivedAt).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)));
        return lines;
    }

    private static string Listed(IReadOnlyList<Address> addresses) =>
        string.Join(", ", addresses.Select(a => a.Name is { } name ? $"{name} <{a.Email}>" : a.Email));
}
