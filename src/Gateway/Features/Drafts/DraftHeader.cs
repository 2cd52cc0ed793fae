using System.Text;
using Gateway.Mail;
using Gateway.Rendering.Mime;
using MimeKit;

namespace Gateway.Features.Drafts;

/// <summary>What a draft must remember of us until it is sent, in header fields that other mail programs leave alone or drop.</summary>
internal static class DraftHeader
{
    private const string InReplyTo = "X-Gateway-In-Reply-To";
    private const string Forwards = "X-Gateway-Forwards";

    public static void Write(MimeMessage draft, MessageKey? inReplyTo, MessageKey? forwards)
    {
        if (inReplyTo is { } answered) { draft.Headers.Add(InReplyTo, answered.ToString()); }

        if (forwards is { } forwarded) { draft.Headers.Add(Forwards, forwarded.ToString()); }
    }

    public static (MessageKey? InReplyTo, MessageKey? Forwards) Read(HeaderFields header) => (Key(header[InReplyTo]), Key(header[Forwards]));

    /// <summary>They go no further.</summary>
    public static (MessageKey? InReplyTo, MessageKey? Forwards) Take(MimeMessage draft)
    {
        var keys = (Key(draft.Headers[InReplyTo]), Key(draft.Headers[Forwards]));
        draft.Headers.RemoveAll(InReplyTo);
        draft.Headers.RemoveAll(Forwards);
        return keys;
    }

    private static MessageKey? Key(byte[]? value) => value is null ? null : Key(Encoding.ASCII.GetString(value));

    private static MessageKey? Key(string? value) => MessageKey.TryParse(value?.Trim(), null, out var key) ? key : null;
}
