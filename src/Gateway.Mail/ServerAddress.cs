namespace Gateway.Mail;

/// <summary>One IMAP or SMTP server as a user or a preset names it.</summary>
/// <param name="Host">Host name or IP address.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record ServerAddress(string Host, int Port, MailSecurity Security);
