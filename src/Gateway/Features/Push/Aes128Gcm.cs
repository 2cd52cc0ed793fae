using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Features.Push;

/// <summary>Encrypted content encoding (RFC 8188), in one record.</summary>
internal static class Aes128Gcm
{
    public const int SaltBytes = 16;
    private const int KeyBytes = 16, NonceBytes = 12, TagBytes = 16, RecordSize = 4096;
    private const byte LastRecord = 2;

    public static byte[] Seal(ReadOnlySpan<byte> plain, byte[] secret, byte[] salt, ReadOnlySpan<byte> keyId)
    {
        var header = SaltBytes + sizeof(uint) + 1 + keyId.Length;
        var sealedBytes = new byte[header + plain.Length + 1 + TagBytes];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plain.Length + 1 + TagBytes, RecordSize);
        salt.CopyTo(sealedBytes, 0);
        BinaryPrimitives.WriteUInt32BigEndian(sealedBytes.AsSpan(SaltBytes), RecordSize);
        sealedBytes[SaltBytes + sizeof(uint)] = (byte)keyId.Length;
        keyId.CopyTo(sealedBytes.AsSpan(header - keyId.Length));

        byte[] record = [.. plain, LastRecord];
        using var aes = new AesGcm(Derive(secret, salt, "Content-Encoding: aes128gcm\0"u8, KeyBytes), TagBytes);
        aes.Encrypt(Derive(secret, salt, "Content-Encoding: nonce\0"u8, NonceBytes), record, sealedBytes.AsSpan(header, record.Length), sealedBytes.AsSpan(header + record.Length));
        return sealedBytes;
    }

    private static byte[] Derive(byte[] secret, byte[] salt, ReadOnlySpan<byte> info, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, salt, info.ToArray());
}
