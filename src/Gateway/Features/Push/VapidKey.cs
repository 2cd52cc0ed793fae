using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Features.Push;

/// <summary>The key this server is known by to push services (VAPID, RFC 8292).</summary>
internal sealed class VapidKey(ECDsa key)
{
    /// <summary>Push services take a day at most.</summary>
    private static readonly TimeSpan ValidFor = TimeSpan.FromHours(12);

    /// <summary>What browsers subscribe with: <c>applicationServerKey</c>.</summary>
    public string PublicKey { get; } = Base64Url.EncodeToString(P256.PointOf(key.ExportParameters(includePrivateParameters: false)));

    /// <summary>The Authorization header for this push service.</summary>
    /// <param name="contact">Whom its operator can ask about us.</param>
    public string Authorize(Uri endpoint, string contact, DateTimeOffset now)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = (now + ValidFor).ToUnixTimeSeconds(), sub = contact });
        var signed = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(claims)}";
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }
}
