using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Http;

/// <summary>What a caller names a request by, so that asking again does nothing again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    public static ProblemHttpResult? Fault(string? key) =>
        key is { Length: 0 or > MaxLength } ? Problems.Malformed(new(null, Header, $"must have 1 to {MaxLength} characters")) : null;

    /// <summary>Whether the key is looked after here: every POST of a known caller, but those that keep theirs with what they store.</summary>
    public static bool IsTakenBy(string method, IReadOnlyList<object> endpoint) =>
        HttpMethods.IsPost(method) && !endpoint.Any(m => m is Kept or Microsoft.AspNetCore.Authorization.IAllowAnonymous);

    /// <summary>Marks a route that keeps the key in the transaction of what it does.</summary>
    public sealed record Kept;
}
