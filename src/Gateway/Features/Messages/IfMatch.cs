using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.Messages;

internal static class IfMatch
{
    /// <summary>A write with <c>If-Match</c> goes through only while the message is as its GET answered it.</summary>
    public static RouteHandlerBuilder HonourIfMatch(this RouteHandlerBuilder route) => route.WithProblems(412).AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var (account, message) = (context.GetArgument<AccountId>(0), context.GetArgument<MessageKey>(1));
        var locator = http.RequestServices.GetRequiredService<MessageLocator>();
        var reading = http.RequestServices.GetRequiredService<MessageReading>();
        return await locator.FindAsync(account, message, http.RequestAborted) is not { } at
            || await ETags.MatchesAsync(http, async () => await reading.ReadAsync(account, message, at, markSeen: false, http.RequestAborted))
                ? await next(context)
                : Problems.PreconditionFailed;
    });
}
