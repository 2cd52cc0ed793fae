using MailKit;

namespace Gateway.Rendering.Mime;

/// <summary>Parts that are attached and read as well: the first of each kind.</summary>
/// <param name="Calendar">An invitation.</param>
/// <param name="DeliveryStatus">What became of a message that was sent (RFC 3464).</param>
/// <param name="ReportedHeader">The header of the message that a report is about.</param>
/// <param name="ReportedMessage">Or all of it.</param>
/// <param name="Tnef">Outlook's winmail.dat, with attachments inside.</param>
internal sealed record SpecialParts(
    BodyPartBasic? Calendar = null, BodyPartBasic? DeliveryStatus = null, BodyPartBasic? ReportedHeader = null, BodyPartMessage? ReportedMessage = null,
    BodyPartBasic? Tnef = null)
{
    public static readonly SpecialParts None = new();

    public SpecialParts With(BodyPart part) => (part, PartFacts.Type(part)) switch
    {
        (BodyPartMessage message, _) when ReportedMessage is null => this with { ReportedMessage = message },
        (BodyPartBasic basic, "text/calendar" or "application/ics") when Calendar is null => this with { Calendar = basic },
        (BodyPartBasic basic, "message/delivery-status" or "message/global-delivery-status") when DeliveryStatus is null => this with { DeliveryStatus = basic },
        (BodyPartBasic basic, "text/rfc822-headers" or "message/global-headers") when ReportedHeader is null => this with { ReportedHeader = basic },
        (BodyPartBasic basic, "application/ms-tnef" or "application/vnd.ms-tnef") when Tnef is null => this with { Tnef = basic },
        _ => this,
    };
}
