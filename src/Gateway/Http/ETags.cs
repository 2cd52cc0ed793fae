using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gateway.Http;

/// <summary>Entity tags (RFC 9110 section 8.8.3): a GET tells the tag of what it answers, and 304 to whoever has that already.</summary>
internal static class ETags
{
    private const int HashBytes = 12;

    public static TBuilder WithETags<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new TaggedAnswers()).AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            var answer = result is INestedHttpResult { Result: var chosen } ? chosen : result;
            if (answer is IValueHttpResult { Value: { } saved } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK or StatusCodes.Status201Created }
                && context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TaggedWrites>() is not null)
            {
                context.HttpContext.Response.Headers.ETag = TagOf(BytesOf(saved)).ToString();
            }

            return HttpMethods.IsGet(context.HttpContext.Request.Method) && answer is IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK }
                ? new Tagged(value)
                : result;
        });

    /// <summary>Whether the caller's <c>If-Match</c> names what is there now; true when there is none.</summary>
    public static async Task<bool> MatchesAsync(HttpContext context, Func<Task<object>> current)
    {
        var wanted = context.Request.GetTypedHeaders().IfMatch;
        if (wanted.Count == 0 || wanted.Contains(EntityTagHeaderValue.Any)) { return true; }

        var tag = TagOf(BytesOf(await current()));
        return wanted.Any(t => t.Compare(tag, useStrongComparison: true));
    }

    private static byte[] BytesOf(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), WireJson.Options);

    private static EntityTagHeaderValue TagOf(byte[] bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new($"\"{WebEncoders.Base64UrlEncode(hash[..HashBytes])}\"");
    }

    /// <summary>Marks routes whose GETs are tagged, for the document.</summary>
    public sealed record TaggedAnswers;

    /// <summary>Marks a write that answers with its whole resource: the tag of that goes along, so that whoever saves often need not ask in between.</summary>
    public sealed record TaggedWrites;

    private sealed class Tagged(object value) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var bytes = FieldSelection.Of(httpContext)?.Apply(value) ?? BytesOf(value);
            var tag = TagOf(bytes);
            var response = httpContext.Response;
            response.Headers.ETag = tag.ToString();
            if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
