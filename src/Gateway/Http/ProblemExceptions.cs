using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Mail.Faults;
using Gateway.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Http;

/// <summary>Turns what was thrown into a problem: mail faults, unreadable requests, and the unexpected.</summary>
internal sealed partial class ProblemExceptions(ILogger<ProblemExceptions> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 5;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) { return true; }

        var problem = exception switch
        {
            MailException fault => Problems.Of(fault),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge("The body is over the limit of this route."),
            BadHttpRequestException unreadable => Problems.Malformed(FaultOf(unreadable)),
            _ when StoreFaults.IsUnavailable(exception) => Unavailable(exception),
            _ => Unexpected(exception),
        };
        if (problem.StatusCode is StatusCodes.Status503ServiceUnavailable) { httpContext.Response.Headers.RetryAfter = $"{RetryAfterSeconds}"; }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private ProblemHttpResult Unexpected(Exception error)
    {
        Log.Unexpected(logger, error);
        return Problems.Unexpected;
    }

    private ProblemHttpResult Unavailable(Exception error)
    {
        Log.StoreUnavailable(logger, error);
        return Problems.StoreUnavailable;
    }

    private static FieldFault FaultOf(BadHttpRequestException error)
    {
        if (error.InnerException is JsonException json)
        {
            return new(JsonPath.ToPointer(json.Path), null, Plain(json.Message));
        }

        return BoundParameter().Match(error.Message) is { Success: true } bound
            ? new(null, JsonNamingPolicy.CamelCase.ConvertName(bound.Groups["name"].Value), "cannot be read")
            : new("", null, "is missing or cannot be read");
    }

    /// <summary>The serialiser's own words name our types: what they mean for a caller is enough.</summary>
    private static string Plain(string message) =>
        message.Contains("could not be mapped", StringComparison.Ordinal) ? "is not a known property"
        : MissingProperties().Match(message) is { Success: true } missing ? $"lacks {missing.Groups["names"].Value}"
        : message.Contains("Duplicate property", StringComparison.Ordinal) ? "names a property twice"
        : "is not JSON of the expected shape";

    [GeneratedRegex("\"[^\"]* (?<name>\\w+)\"")]
    private static partial Regex BoundParameter();

    [GeneratedRegex("missing required properties including: (?<names>[^.]*)")]
    private static partial Regex MissingProperties();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The store failed a request")]
        public static partial void StoreUnavailable(ILogger logger, Exception error);

        [LoggerMessage(LogLevel.Error, "Unexpected failure of a request")]
        public static partial void Unexpected(ILogger logger, Exception error);
    }
}
