using System.Security.Cryptography;
using System.Text;

namespace Gateway.Features.Webhooks;

/// <summary>Signatures of Standard Webhooks: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const int SecretBytes = 32;

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>One signature a secret, so that a receiver can change over whenever it likes.</summary>
    /// <param name="at">Seconds since 1970.</param>
    public static string Sign(IEnumerable<string> secrets, string id, long at, string body)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{at}.{body}");
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
