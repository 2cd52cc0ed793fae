using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Http;

/// <summary>A POST that comes again under its idempotency key is answered as the first time, and does nothing again.</summary>
/// <remarks>Kept is what was done (2xx). What was refused or failed leaves its key free: it may be mended and sent again.</remarks>
internal sealed partial class IdempotentPosts(RequestDelegate next, IdempotentAnswers answers, ILogger<IdempotentPosts> logger)
{
    private static readonly PathString Api = "/v1";

    private readonly ConcurrentDictionary<string, Task> _running = new();

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.TryGetValue(IdempotencyKey.Header, out var key) && context.Request.Path.StartsWithSegments(Api) && context.User is CallerPrincipal
            && context.GetEndpoint()?.Metadata is { } metadata && IdempotencyKey.IsTakenBy(context.Request.Method, metadata)
                ? RunAsync(context, key.ToString())
                : next(context);

    private async Task RunAsync(HttpContext context, string key)
    {
        if (IdempotencyKey.Fault(key) is { } malformed)
        {
            await malformed.ExecuteAsync(context);
            return;
        }

        var account = AccountId.TryParse(context.GetRouteValue(ScopeRequirement.AccountParameter) as string, null, out var named) ? named : (AccountId?)null;
        var id = IdempotentAnswers.IdOf(context.Caller(), account, key);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_running.GetOrAdd(Convert.ToHexString(id), ended.Task) is var first && first != ended.Task) { await first.WaitAsync(context.RequestAborted); }

        try
        {
            if (await answers.FindAsync(id, context.RequestAborted) is { } known) { await AgainAsync(context, known); }
            else { await FirstAsync(context, id, account); }
        }
        finally
        {
            _running.TryRemove(Convert.ToHexString(id), out _);
            ended.SetResult();
        }
    }

    private async Task FirstAsync(HttpContext context, byte[] id, AccountId? account)
    {
        var (request, response) = (context.Request, context.Response);
        var (body, gone, sending) = (request.Body, context.RequestAborted, context.Features.Get<IHttpResponseBodyFeature>()!);
        using var hash = HashOf(request);
        await using var hashed = new HashedBody(body, hash);
        using var answer = new MemoryStream();
        var before = response.Headers.Select(h => h.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        try
        {
            // Whoever leaves may come back with the same key: what was begun is done to its end, and its answer kept for them.
            (request.Body, response.Body, context.RequestAborted) = (hashed, answer, CancellationToken.None);
            await next(context);
            await response.BodyWriter.FlushAsync(CancellationToken.None);
            if (response.StatusCode is >= 200 and < 300)
            {
                await KeepAsync(id, account ?? MadeAccount(response), hash.GetHashAndReset(), hashed.Taken, IdempotentAnswer.Of(response, before, answer));
            }
        }
        finally
        {
            (request.Body, context.RequestAborted) = (body, gone);
            context.Features.Set(sending);
        }

        answer.Position = 0;
        await answer.CopyToAsync(response.Body, gone);
    }

    /// <summary>It was done, so it is answered as done, also when that cannot be written down: then asking again does it again.</summary>
    private async Task KeepAsync(byte[] id, AccountId? account, byte[] hash, long length, IdempotentAnswer answer)
    {
        try { await answers.AddAsync(id, account, hash, length, answer, CancellationToken.None); }
        catch (Exception error) when (error is DbUpdateException || StoreFaults.IsUnavailable(error)) { Log.NotKept(logger, error); }
    }

    private async Task AgainAsync(HttpContext context, IdempotentAnswerRecord known)
    {
        if (!await IsSameAsync(context, known))
        {
            await Problems.IdempotencyKeyReused.ExecuteAsync(context);
            return;
        }

        await answers.Open(known).WriteAsync(context, context.RequestAborted);
    }

    /// <summary>Reads no more of the body than it takes to tell.</summary>
    private static async Task<bool> IsSameAsync(HttpContext context, IdempotentAnswerRecord known)
    {
        var request = context.Request;
        using var hash = HashOf(request);
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null)
        {
            if (request.ContentLength is { } length && length != known.BodyLength) { return false; }

            // As much as came the first time may come again, where the operation lifts the limit as well.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = null; }

            await using var hashed = new HashedBody(request.Body, hash);
            var buffer = ArrayPool<byte>.Shared.Rent(81920);
            try
            {
                while (hashed.Taken <= known.BodyLength && await hashed.ReadAsync(buffer, context.RequestAborted) > 0) { }
            }
            finally { ArrayPool<byte>.Shared.Return(buffer); }
        }

        return hash.GetHashAndReset().AsSpan().SequenceEqual(known.RequestHash);
    }

    private static IncrementalHash HashOf(HttpRequest request)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        return hash;
    }

    /// <summary>The account that the request has made: what is kept of it must go when the account does.</summary>
    private static AccountId? MadeAccount(HttpResponse response) =>
        response.Headers.Location.ToString() is var location && location.StartsWith("/v1/accounts/", StringComparison.Ordinal)
            && AccountId.TryParse(location["/v1/accounts/".Length..], null, out var made) ? made : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "An answer could not be kept under its idempotency key")]
        public static partial void NotKept(ILogger logger, Exception error);
    }
}
