using System.Security.Cryptography;

namespace Gateway.Features.Push;

/// <summary>Encrypts a notice so that the browser can read it and the push service cannot (RFC 8291).</summary>
internal static class PushEncryption
{
    private const int SecretBytes = 32;

    public static byte[] Seal(ReadOnlySpan<byte> plain, byte[] subscriber, byte[] auth)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Seal(plain, subscriber, auth, own, RandomNumberGenerator.GetBytes(Aes128Gcm.SaltBytes));
    }

    internal static byte[] Seal(ReadOnlySpan<byte> plain, byte[] subscriber, byte[] auth, ECDiffieHellman own, byte[] salt)
    {
        using var theirs = P256.Import(subscriber);
        var ownPoint = P256.PointOf(own.ExportParameters(includePrivateParameters: false));
        byte[] info = [.. "WebPush: info\0"u8, .. subscriber, .. ownPoint];
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(theirs.PublicKey), SecretBytes, auth, info);
        return Aes128Gcm.Seal(plain, secret, salt, ownPoint);
    }
}
