using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Features.Session;

/// <summary>Proof that a request was made by our own page: derived from the session's secret, which no other site can read.</summary>
internal static class AntiforgeryToken
{
    public const string Header = "X-Antiforgery-Token";

    public static string For(string sessionSecret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionSecret), "antiforgery"u8));

    public static bool IsValid(HttpRequest request) =>
        SessionCookie.Read(request) is { } secret
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers[Header].ToString()), Encoding.UTF8.GetBytes(For(secret)));
}
