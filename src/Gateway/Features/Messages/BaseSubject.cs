using System.Text.RegularExpressions;

namespace Gateway.Features.Messages;

/// <summary>A subject without what replies, forwards and lists put before it (RFC 5256 section 2.1, with the words of other languages).</summary>
internal static partial class BaseSubject
{
    public static string Of(string subject) => Before().Replace(subject, "").Trim() is { Length: > 0 } rest ? rest : subject.Trim();

    [GeneratedRegex(@"^(\s*((re|fwd?|aw|wg|sv|vs|antw|tr|rv|enc|odp|pd|ynt|ilt)\s*(\[[0-9]{1,3}\])?\s*:|\[[^\[\]]{1,60}\]))+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Before();
}
