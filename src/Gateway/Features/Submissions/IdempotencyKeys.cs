using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Http;

namespace Gateway.Features.Submissions;

/// <summary>Idempotency keys of submissions: kept in the row of what was promised, for as long as that is remembered.</summary>
internal static class IdempotencyKeys
{
    /// <summary>The key as it is stored: two callers who give the same one do not meet.</summary>
    public static string? Of(Caller caller, string? key) => key is null ? null : $"{caller.Id:N} {key}";

    /// <summary>Binds the key to what was asked; null when there is none.</summary>
    public static byte[]? Hash<T>(string? key, T request) => key is null ? null : SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options));
}
