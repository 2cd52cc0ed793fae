using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gateway.Http;

/// <summary>Random secrets handed out once; the store keeps only their hash.</summary>
internal static class Secret
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256. A slow hash would gain nothing: the secret has 256 random bits.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
