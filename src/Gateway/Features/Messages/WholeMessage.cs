using Gateway.Rendering;
using MailKit;
using MimeKit;
using MimeKit.IO;

namespace Gateway.Features.Messages;

/// <summary>A message in memory, cut into the sections that IMAP names (RFC 9051 section 6.4.5).</summary>
internal sealed class WholeMessage
{
    private static readonly ParserOptions Bounded = new() { MaxMimeDepth = RenderingLimits.PartDepth };

    private readonly byte[] _raw;
    private MimeEntity? _body;
    private bool _isParsed;

    public WholeMessage(byte[] raw)
    {
        _raw = raw;
        var end = raw.AsSpan().IndexOf("\r\n\r\n"u8);
        Header = end < 0 ? raw : raw.AsMemory(0, end + 4);
    }

    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>The bytes of a part as they were sent; null where the server sees other parts than we do, and has to be asked.</summary>
    public byte[]? Find(BodyPartBasic part)
    {
        if (part.PartSpecifier.Length == 0) { return Sized(_raw.AsSpan(Header.Length), part); }

        if (!_isParsed) { (_body, _isParsed) = (Parse(), true); }

        if (At(_body, part.PartSpecifier) is not MimePart { Content: { } content }) { return null; }

        using var bytes = new MemoryBlockStream();
        content.WriteTo(bytes);
        return Sized(bytes.ToArray(), part);
    }

    private static byte[]? Sized(ReadOnlySpan<byte> bytes, BodyPartBasic part) => bytes.Length == part.Octets ? bytes.ToArray() : null;

    private static MimeEntity? At(MimeEntity? entity, string specifier)
    {
        var top = true;
        foreach (var number in specifier.Split('.'))
        {
            if (entity is MessagePart attached) { (entity, top) = (attached.Message?.Body, true); }

            if (!int.TryParse(number, out var place)) { return null; }

            var isOnly = top && place == 1; // the only part of a message that is no multipart
            entity = entity is Multipart parts ? parts.ElementAtOrDefault(place - 1) : isOnly ? entity : null;
            top = false;
        }

        return entity;
    }

    private MimeEntity? Parse()
    {
        // The parts read from the stream whenever they are asked for; it holds nothing to be disposed.
        try { return MimeMessage.Load(Bounded, new MemoryStream(_raw, writable: false), persistent: true).Body; }
        catch (FormatException) { return null; }
    }
}
