using System.Text.RegularExpressions;

namespace Gateway.Features.Reports;

/// <summary>Why a mail came back, told from the enhanced status code (RFC 3463), else the reply code, else the words.</summary>
internal static partial class BounceClassing
{
    public static BounceClass Of(string? status, string? diagnostic)
    {
        var words = diagnostic ?? "";
        var code = status is { Length: > 0 } && EnhancedStatus().IsMatch(status) ? status : Inside(EnhancedStatus(), words);
        // "5.0.0" and "5.7.1" stand for everything with some servers: their words say more.
        var told = code is null ? BounceClass.Unknown : OfStatus(code);
        var said = OfWords(words);
        if (told is BounceClass.Unknown or BounceClass.Policy && said is not BounceClass.Unknown) { return said; }

        if (told != BounceClass.Unknown) { return told; }

        return (code ?? Inside(ReplyCode(), words))?[0] switch { '4' => BounceClass.Soft, _ => BounceClass.Unknown };
    }

    private static BounceClass OfStatus(string status) => status.Split('.') switch
    {
        ["4" or "5", "2", "2"] => BounceClass.Full,
        ["4", ..] => BounceClass.Soft,
        ["5", "1", "0" or "1" or "2" or "3" or "6" or "10"] or ["5", "2", "1"] or ["5", "4", "4"] => BounceClass.Hard,
        ["5", "2", "3"] or ["5", "3", "4"] => BounceClass.TooLarge,
        ["5", "1", "7" or "8"] or ["5", "7", _] => BounceClass.Policy,
        ["5", "4" or "3", _] => BounceClass.Soft,
        _ => BounceClass.Unknown,
    };

    private static BounceClass OfWords(string words) =>
        NoSuchAddress().IsMatch(words) ? BounceClass.Hard
        : MailboxFull().IsMatch(words) ? BounceClass.Full
        : TooMuch().IsMatch(words) ? BounceClass.TooLarge
        : Refused().IsMatch(words) ? BounceClass.Policy
        : BounceClass.Unknown;

    private static string? Inside(Regex pattern, string words) => pattern.Match(words) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex EnhancedStatus();

    [GeneratedRegex(@"\b[45]\d\d\b")]
    private static partial Regex ReplyCode();

    [GeneratedRegex(@"user unknown|unknown user|no such (user|mailbox|recipient|address|domain)|user not found|does(n't| not) (exist|have)|mailbox (not found|unavailable)|unknown (recipient|mailbox|address)|invalid recipient|recipient (not found|rejected: user)|address rejected: (user|undeliverable)|account (is )?disabled|domain (name )?not found|host or domain name not found", RegexOptions.IgnoreCase)]
    private static partial Regex NoSuchAddress();

    [GeneratedRegex(@"mailbox (is )?full|quota exceeded|over ?quota|insufficient storage|out of storage|mailbox size limit", RegexOptions.IgnoreCase)]
    private static partial Regex MailboxFull();

    [GeneratedRegex(@"(message|size|mail) (is )?too (large|big)|exceeds (the )?(maximum )?(message )?size|size limit exceeded|message size exceeds", RegexOptions.IgnoreCase)]
    private static partial Regex TooMuch();

    [GeneratedRegex(@"spam|blocked|blacklist|block list|blocklist|dmarc|\bspf\b|dkim|policy|reputation|not authori[sz]ed|relay(ing)? (access )?denied|content rejected", RegexOptions.IgnoreCase)]
    private static partial Regex Refused();
}
