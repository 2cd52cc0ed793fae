using MimeKit;

namespace Gateway.Mail.Smtp;

/// <summary>One mail with its SMTP envelope (RFC 5321): MAIL FROM and RCPT TO are these addresses, whatever the header says.</summary>
public sealed record SubmissionMail(string Sender, IReadOnlyList<string> Recipients, MimeMessage Message);
