using Gateway.Rendering;
using Gateway.Rendering.Mime;

namespace Gateway.Features.Messages;

/// <summary>What is fetched to show one message: its bodies, its header, and the parts that say something of their own.</summary>
internal sealed class FetchedMessage
{
    /// <summary>What is read of a header: enough for any that was not made to be long.</summary>
    private const int MaxHeaderBytes = 64 * 1024;

    private const int MaxReportBytes = 256 * 1024;

    private FetchedBodies? _bodies;
    private SpecialParts _parts = SpecialParts.None;
    private string? _calendar;
    private byte[]? _deliveryStatus;
    private byte[]? _reportedHeader;
    private byte[]? _tnef;

    private FetchedMessage() { }

    public HeaderFields Header { get; private set; } = HeaderFields.Read([]);

    /// <summary>Whether anybody says something about the sender, true or not.</summary>
    public bool TellsOfSender => Header["authentication-results"] is not null;

    /// <param name="parts">What it is made of; null when the server did not say.</param>
    /// <param name="section">The part that holds the message, for one that is attached to another.</param>
    public static async Task<FetchedMessage> FetchAsync(MessageBytes bytes, BodyParts? parts, string? section = null)
    {
        var message = new FetchedMessage();
        if (parts is { Text: not null } or { Html: not null }) { message._bodies = await FetchedBodies.FetchAsync(bytes, parts); }

        message.Header = HeaderFields.Read(section is null ? await bytes.HeaderAsync(MaxHeaderBytes) : await bytes.SectionAsync(section + ".HEADER", MaxHeaderBytes));
        if (parts is not null) { await message.FetchAsync(bytes, parts.Special); }

        return message;
    }

    /// <param name="facts">What its list row knows.</param>
    /// <param name="attachmentUrl">Where a part is served.</param>
    /// <param name="trusts">Whose word about the sender counts.</param>
    public async Task<MessageContent> RenderAsync(MessageFacts facts, Func<string, string> attachmentUrl, Func<string, bool> trusts, TimeProvider clock, CancellationToken ct)
    {
        var tnef = _tnef is null ? null : await TnefReading.ReadAsync(_tnef, PartFacts.Id(_parts.Tnef!), clock, ct);
        var calendar = _calendar is null ? null : await InvitationReading.ReadAsync(_calendar, PartFacts.Id(_parts.Calendar!), clock, ct);
        var (text, html, defects) = _bodies is null ? (tnef?.Text, null, []) : _bodies.Render(attachmentUrl);
        return new(
            facts, text, html, HeaderDetails.Read(Header, trusts), calendar, Report(), tnef?.Attachments ?? [],
            [.. facts.Defects ?? [], .. defects, .. tnef?.Defects ?? []]);
    }

    private async Task FetchAsync(MessageBytes bytes, SpecialParts parts)
    {
        _parts = parts;
        if (parts.Calendar is { } calendar)
        {
            _calendar = CharsetDecoding.Decode((await bytes.DecodedAsync(calendar, InvitationReading.MaxBytes)).Bytes, calendar.ContentType.Charset).Text;
        }

        if (parts.DeliveryStatus is { } status)
        {
            _deliveryStatus = (await bytes.DecodedAsync(status, MaxReportBytes)).Bytes;
            if (parts.ReportedHeader is { } header) { _reportedHeader = (await bytes.DecodedAsync(header, MaxHeaderBytes)).Bytes; }
        }

        if (parts.Tnef is { Octets: <= TnefReading.MaxShown } tnef) { _tnef = (await bytes.DecodedAsync(tnef, TnefReading.MaxShown)).Bytes; }
    }

    private DeliveryReport? Report() => _deliveryStatus is null ? null : DeliveryReport.Read(
        _deliveryStatus, _parts.ReportedMessage?.Envelope?.MessageId ?? (_reportedHeader is null ? null : HeaderReading.Read(_reportedHeader).MessageId));
}
