using System.Text.Json.Serialization;

namespace Gateway.Mail;

/// <summary>How a connection is protected. There is no "when available": a downgrade is an error (RFC 8314).</summary>
public enum MailSecurity
{
    Tls,
    [JsonStringEnumMemberName("startTls")] // as mail programs write it
    StartTls,
    None,
}
