namespace Gateway.Mail;

/// <summary>One IMAP or SMTP server as a user or a preset names it.</summary>
public sealed record ServerAddress(string Host, int Port, MailSecurity Security);
