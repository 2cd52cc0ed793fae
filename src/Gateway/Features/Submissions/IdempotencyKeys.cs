using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Submissions;

/// <summary>What a caller names a request by, so that asking again does nothing again.</summary>
internal static class IdempotencyKeys
{
    private const int MaxKey = 255;

    public static ProblemHttpResult? Fault(string? key) =>
        key is { Length: 0 or > MaxKey } ? Problems.Malformed(new(null, "Idempotency-Key", $"must have 1 to {MaxKey} characters")) : null;

    /// <summary>Binds the key to what was asked; null when there is none.</summary>
    public static byte[]? Hash<T>(string? key, T request) => key is null ? null : SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options));
}
