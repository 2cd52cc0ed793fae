using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WireMock;

namespace Gateway.Tests.Push;

/// <summary>A browser that subscribed: it reads what was pushed as RFC 8291 has it, with its private key.</summary>
internal sealed class Browser : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

    private byte[] Point => _key.ExportParameters(false) is { Q: var q } ? [4, .. q.X!, .. q.Y!] : [];

    public JsonObject Subscription(string endpoint) => new()
    {
        ["endpoint"] = endpoint, ["expirationTime"] = null,
        ["keys"] = new JsonObject { ["p256dh"] = Base64Url.EncodeToString(Point), ["auth"] = Base64Url.EncodeToString(_auth) },
    };

    public JsonObject Read(IRequestMessage push)
    {
        var body = push.BodyAsBytes!;
        var (salt, server, record) = (body[..16], body[21..86], body[86..]);
        Assert.Equal((0x00, 0x00, 0x10, 0x00, 65), (body[16], body[17], body[18], body[19], body[20]));
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = server[1..33], Y = server[33..] } });
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.DeriveRawSecretAgreement(theirs.PublicKey), 32, _auth, [.. "WebPush: info\0"u8, .. Point, .. server]);
        using var aes = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray()), 16);
        var plain = new byte[record.Length - 16];
        aes.Decrypt(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt, "Content-Encoding: nonce\0"u8.ToArray()), record[..^16], record[^16..], plain);
        Assert.Equal(2, plain[^1]); // the last record
        return JsonNode.Parse(Encoding.UTF8.GetString(plain[..^1]))!.AsObject();
    }

    /// <summary>As a push service checks who pushes (RFC 8292): the claims.</summary>
    public static JsonElement Authorized(IRequestMessage push, string serverKey)
    {
        var parts = push.Headers!["Authorization"][0].Split(' ', 2)[1].Split(", ").Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        Assert.Equal(serverKey, parts["k"]);
        var point = Base64Url.DecodeFromChars(serverKey);
        var token = parts["t"].Split('.');
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256));
        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token[0])));
        return JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement;
    }

    public void Dispose() => _key.Dispose();
}
