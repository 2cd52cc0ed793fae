using System.Text.RegularExpressions;
using Gateway.Rendering;
using MimeKit;

namespace Gateway.Features.Reports;

/// <summary>Bounces in no standard's form: qmail, Exim, and servers that write a letter.</summary>
internal static partial class OldBounce
{
    /// <summary>What is read of their text.</summary>
    private const int MaxText = 64 * 1024;

    private const int MaxRecipients = 20;

    private static readonly string[] Daemons = ["mailer-daemon", "mailerdaemon", "mail-daemon", "maildaemon", "mdaemon", "postmaster", "mail delivery", "mail-system"];

    /// <summary>Who writes for a mail server.</summary>
    public static bool IsDaemon(string address, string? name) =>
        Daemons.Any(daemon => address.StartsWith(daemon, StringComparison.OrdinalIgnoreCase) || name?.Contains(daemon, StringComparison.OrdinalIgnoreCase) == true);

    public static ReadReport? Read(MimeMessage message, IReadOnlyList<string> about)
    {
        var failed = message.Headers["X-Failed-Recipients"];
        var isFromDaemon = message.From.Mailboxes.Any(m => IsDaemon(m.Address, m.Name)) || message.Headers[HeaderId.ReturnPath]?.Trim() == "<>";
        var text = TextOf(message);
        if (failed is null && !(isFromDaemon && (Failure().IsMatch(message.Subject ?? "") || Failure().IsMatch(text[..Math.Min(text.Length, 2000)])))) { return null; }

        var own = Own(text);
        var words = ReportReading.Cut(Reason().Match(own) is { Success: true } reason ? reason.Value : null);
        var addresses = failed?.Split(',') ?? Addressed().Matches(own).Select(m => m.Groups[1].Value);
        var recipients = addresses.Select(a => a.Trim().Trim('<', '>')).Where(a => a.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxRecipients);
        var isDelay = Delay().IsMatch(message.Subject ?? "") || Delay().IsMatch(own[..Math.Min(own.Length, 2000)]);
        var why = isDelay ? BounceClass.Soft : BounceClassing.Of(null, words ?? own[..Math.Min(own.Length, 4000)]);
        return new(isDelay ? ReportKind.Delay : ReportKind.Bounce, about, [.. recipients.Select(a => new ReportRecipient(a, why, Diagnostic: words))]);
    }

    /// <summary>Message-IDs in the header of the mail that is quoted below.</summary>
    public static IEnumerable<string> IdsIn(MimeMessage message) => QuotedId().Matches(TextOf(message)).Select(m => m.Groups[1].Value).Take(5);

    private static string TextOf(MimeMessage message) => TextRendering.CutAt(message.BodyParts.OfType<TextPart>().FirstOrDefault(p => !p.IsHtml)?.Text ?? "", MaxText);

    /// <summary>Without the mail that is quoted below: it has addresses and words of its own.</summary>
    private static string Own(string text) => Quoted().Match(text) is { Success: true } quoted ? text[..quoted.Index] : text;

    [GeneratedRegex(@"undeliver|not be delivered|delivery (has |status notification \(?)?(failed|failure)|failure notice|mail delivery (failed|system)|returned (mail|to sender)|wasn't delivered|could not deliver|delivery (incomplete|delayed)|permanent (fatal )?error|delayed", RegexOptions.IgnoreCase)]
    private static partial Regex Failure();

    [GeneratedRegex(@"\bdelayed|not (yet )?been delivered (to one or more of its recipients )?(after|yet)|will (be retried|keep trying|continue to try)|delivery (incomplete|delayed)", RegexOptions.IgnoreCase)]
    private static partial Regex Delay();

    [GeneratedRegex(@"^[ \t]*<?([^\s<>@:""',;()]{1,64}@[^\s<>@:""',;()]{1,255})>?:?[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Addressed();

    [GeneratedRegex(@"^.{0,200}\b(?:[45]\d\d|[45]\.\d{1,3}\.\d{1,3})\b.{0,400}$|^[ \t]*(?:sorry|unrouteable|unknown|mailbox|user|no such|host|account|quota|recipient)\b.{0,400}$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Reason();

    [GeneratedRegex(@"^[ \t>]*Message-ID:[ \t]*<([^<>\s]{3,500})>", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex QuotedId();

    [GeneratedRegex(@"^(?:-{2,}.{0,80}(?:copy|original|below|header|message).{0,80}|(?:Return-Path|Received|Message-ID|From|Date):[ \t].{0,500})$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Quoted();
}
