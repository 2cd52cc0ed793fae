using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Gateway.Storage;

/// <summary>The operator's key that seals the key ring: from the settings, or from a file made at first start.</summary>
internal sealed partial class MasterKey : IDisposable
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _cipher;

    public MasterKey(IOptions<StorageOptions> options, ILogger<MasterKey> logger)
    {
        var text = options.Value.MasterKey ?? ReadOrMakeFile(options.Value, logger);
        var key = new byte[KeyBytes];
        if (!Convert.TryFromBase64String(text.Trim(), key, out var length) || length != KeyBytes)
        {
            throw new InvalidOperationException("Gateway:MasterKey is not 32 bytes in base64 (make one with: openssl rand -base64 32).");
        }

        _cipher = new(key, TagBytes);
    }

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        _cipher.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length));
        return box;
    }

    /// <exception cref="CryptographicException">Sealed under another key, or changed since.</exception>
    public byte[] Open(ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceBytes + TagBytes) { throw new CryptographicException("The sealed box is too short."); }

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        _cipher.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], plain);
        return plain;
    }

    public void Dispose() => _cipher.Dispose();

    private static string ReadOrMakeFile(StorageOptions options, ILogger logger)
    {
        var path = options.MasterKeyFile ?? Path.Combine(options.Data, "master.key");
        if (File.Exists(path)) { return File.ReadAllText(path); }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        var ownerOnly = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { ownerOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }

        using (var writer = new StreamWriter(path, ownerOnly)) { writer.WriteLine(text); }

        Log.MasterKeyMade(logger, path);
        return text;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Made a master key in {Path}. Back it up: without it no stored password can be read again")]
        public static partial void MasterKeyMade(ILogger logger, string path);
    }
}
