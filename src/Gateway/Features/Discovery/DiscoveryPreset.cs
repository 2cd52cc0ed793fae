using System.ComponentModel.DataAnnotations;
using Gateway.Mail;

namespace Gateway.Features.Discovery;

/// <summary>The mail servers of one domain, named by the operator.</summary>
internal sealed class DiscoveryPreset : IValidatableObject
{
    [Required]
    public string Domain { get; set; } = "";

    public ServerAddress? Imap { get; set; }

    public ServerAddress? Smtp { get; set; }

    /// <summary>What users sign in with. Default their address.</summary>
    public UsernameForm Username { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Imap is null && Smtp is null) { yield return new($"The preset for {Domain} names no server."); }

        if (Imap is { Security: MailSecurity.None } || Smtp is { Security: MailSecurity.None })
        {
            yield return new($"The preset for {Domain} must use tls or startTls.");
        }
    }
}
