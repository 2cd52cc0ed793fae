using System.Globalization;

namespace Gateway.Features.Discovery;

/// <summary>An address taken apart. <paramref name="Domain"/> is in lower case and, where it is internationalised, in its ASCII form (RFC 5890).</summary>
internal sealed record EmailParts(string Address, string LocalPart, string Domain)
{
    /// <summary>A name has at most 253 characters (RFC 1035 section 2.3.4), and <c>_submissions._tcp.</c> has to fit before it.</summary>
    private const int MaxDomain = 253 - 18;

    private static readonly IdnMapping Idn = new();

    /// <summary>Null when there is no domain to ask about; an address literal (<c>ann@[192.0.2.1]</c>) has none.</summary>
    public static EmailParts? Read(string email) =>
        email.LastIndexOf('@') is > 0 and var at && AsciiDomain(email[(at + 1)..]) is { } domain ? new(email, email[..at], domain) : null;

    public static string? AsciiDomain(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain.TrimEnd('.').ToLowerInvariant());
            return ascii.Length <= MaxDomain && Uri.CheckHostName(ascii) == UriHostNameType.Dns ? ascii : null;
        }
        catch (ArgumentException) { return null; } // not a domain name: an empty or too long label, or a forbidden character
    }
}
