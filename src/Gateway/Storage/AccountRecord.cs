using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>An account as it is stored; the password stands sealed in <see cref="SealedPassword"/>.</summary>
internal sealed class AccountRecord
{
    public required AccountId Id { get; init; }
    public required string Email { get; init; }
    public string? DisplayName { get; set; }
    public string? ExternalId { get; set; }
    public string? ImapHost { get; set; }
    public int ImapPort { get; set; }
    public MailSecurity ImapSecurity { get; set; }
    public string? SmtpHost { get; set; }
    public int SmtpPort { get; set; }
    public MailSecurity SmtpSecurity { get; set; }
    public required string Username { get; set; }
    public required byte[] SealedPassword { get; set; }
    public int CredentialsVersion { get; set; }
    public string State { get; set; } = "connecting";
    public DateTimeOffset StateSince { get; set; }
    public string? StateDetail { get; set; }
    /// <summary>Limits of its own for what it sends; null for the usual ones.</summary>
    public int? PacePerMinute { get; set; }
    public int? PacePerDay { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    public ServerAddress? Imap => ImapHost is null ? null : new(ImapHost, ImapPort, ImapSecurity);

    public ServerAddress? Smtp => SmtpHost is null ? null : new(SmtpHost, SmtpPort, SmtpSecurity);
}
