using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Gateway.Mail;

namespace Gateway.Features.Discovery;

/// <summary>Reads Thunderbird's autoconfig format, also that of the ISPDB. What offers no encryption is passed over.</summary>
internal static class AutoconfigDocument
{
    /// <summary>A document type is where entity bombs and outside files come in; the format needs none.</summary>
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="XmlException">It is not XML, or has a document type.</exception>
    public static FoundServers? Read(Stream xml, DiscoverySource source)
    {
        using var reader = XmlReader.Create(xml, Settings);
        var servers = XDocument.Load(reader).Descendants().ToList();
        var (imap, imapUser) = First(servers, "incomingServer", "imap");
        var (smtp, smtpUser) = First(servers, "outgoingServer", "smtp");
        return imap is null && smtp is null ? null : new(imap, smtp, imapUser ?? smtpUser ?? "", source);
    }

    private static (ServerAddress? Server, string? Username) First(List<XElement> elements, string name, string type)
    {
        foreach (var element in elements.Where(e => e.Name.LocalName == name && e.Attribute("type")?.Value == type))
        {
            if (Text(element, "hostname") is { Length: > 0 } host
                && int.TryParse(Text(element, "port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
                && SecurityOf(Text(element, "socketType")) is { } security)
            {
                return (new(host, port, security), Text(element, "username"));
            }
        }

        return (null, null);
    }

    private static MailSecurity? SecurityOf(string? socketType) => socketType?.ToUpperInvariant() switch
    {
        "SSL" or "TLS" => MailSecurity.Tls,
        "STARTTLS" => MailSecurity.StartTls,
        _ => null,
    };

    private static string? Text(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
}
