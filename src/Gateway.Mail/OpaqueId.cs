using System.Buffers;
using System.Buffers.Text;

namespace Gateway.Mail;

/// <summary>Writes small numbers as a short URL-safe id that a typing slip does not turn into another valid one.</summary>
internal static class OpaqueId
{
    private const int MaxBytes = 16;

    public static string Write(char kind, params ReadOnlySpan<uint> numbers)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        var length = 0;
        foreach (var number in numbers)
        {
            for (var rest = number; ; rest >>= 7)
            {
                bytes[length++] = (byte)(rest < 0x80 ? rest : rest | 0x80);
                if (rest < 0x80) { break; }
            }
        }

        var check = Check(kind, bytes[..length]);
        bytes[length++] = (byte)(check >> 8);
        bytes[length++] = (byte)check;
        return kind + Base64Url.EncodeToString(bytes[..length]);
    }

    public static bool TryRead(char kind, string? text, Span<uint> numbers)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        if (text is null || text.Length is < 2 or > MaxBytes * 4 / 3 || text[0] != kind
            || Base64Url.DecodeFromChars(text.AsSpan(1), bytes, out _, out var length) != OperationStatus.Done || length < 3) { return false; } // Try… throws at what is no base64

        var body = bytes[..(length - 2)];
        if (Check(kind, body) != (bytes[length - 2] << 8 | bytes[length - 1])) { return false; }

        var at = 0;
        foreach (ref var number in numbers)
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                if (at == body.Length || shift > 28) { return false; }

                value |= (ulong)(body[at] & 0x7F) << shift;
                if (body[at++] < 0x80) { break; }
            }

            if (value > uint.MaxValue) { return false; }

            number = (uint)value;
        }

        return at == body.Length;
    }

    /// <summary>FNV-1a folded to 16 bits.</summary>
    private static ushort Check(char kind, ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u ^ kind;
        foreach (var b in bytes) { hash = (hash ^ b) * 16777619u; }

        return (ushort)(hash >> 16 ^ hash);
    }
}
