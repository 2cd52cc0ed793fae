using Gateway.Rendering.Mime;
using Gateway.Rendering.Text;
using MimeKit;
using MimeKit.Utils;

namespace Gateway.Rendering;

/// <summary>Reads a header whose ENVELOPE the server could not or would not give, from its raw bytes.</summary>
internal static class HeaderReading
{
    private const int MaxReferences = 100;

    /// <param name="header">The bytes up to the empty line; what follows is not looked at.</param>
    public static MessageHeader Read(ReadOnlySpan<byte> header) => Read(HeaderFields.Read(header));

    public static MessageHeader Read(HeaderFields fields)
    {
        var defects = new List<Defect>(fields.Defects);
        var from = ReadAddresses(fields, "from", defects);
        if (from.Count == 0) { defects.Add(new Defect(DefectCodes.FromMissing, "The message does not say who it is from.")); }

        return new MessageHeader
        {
            From = from,
            To = ReadAddresses(fields, "to", defects),
            Cc = ReadAddresses(fields, "cc", defects),
            Bcc = ReadAddresses(fields, "bcc", defects),
            ReplyTo = ReadAddresses(fields, "reply-to", defects),
            Subject = fields["subject"] is { } subject ? Characters.Line(Rfc2047.DecodeText(subject)) : "",
            Date = ReadDate(fields["date"], defects),
            MessageId = ReadIds(fields["message-id"]).FirstOrDefault(),
            InReplyTo = ReadIds(fields["in-reply-to"]).FirstOrDefault(),
            References = [.. ReadIds(fields["references"]).TakeLast(MaxReferences)],
            Defects = defects,
        };
    }

    private static IReadOnlyList<Address> ReadAddresses(HeaderFields fields, string name, List<Defect> defects)
    {
        if (fields[name] is not { } value || value.AsSpan().Trim(" \t"u8).IsEmpty) { return []; }

        if (InternetAddressList.TryParse(value, out var list) && Address.From(list) is { Count: > 0 } addresses) { return addresses; }
        if (!name.Equals("from", StringComparison.Ordinal) && list is { Count: > 0 }) { return []; } // "undisclosed-recipients:;" is a group of none

        defects.Add(new Defect(DefectCodes.AddressUnreadable, $"The addresses of the message's {name} field cannot be read."));
        return [];
    }

    private static DateTimeOffset? ReadDate(byte[]? value, List<Defect> defects)
    {
        if (value is not null && DateUtils.TryParse(value, out var date) && date.Year > 1) { return date; }
        defects.Add(new Defect(DefectCodes.DateUnreadable, "The message has no date that can be read; the time of its arrival is shown."));
        return null;
    }

    private static IEnumerable<string> ReadIds(byte[]? value) =>
        value is null ? [] : MimeUtils.EnumerateReferences(value, 0, value.Length).Select(Characters.Line).Where(id => id.Length > 0);
}
