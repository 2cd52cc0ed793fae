namespace Gateway.TestKit.Servers;

/// <summary>Where the mail servers of a run listen, all on 127.0.0.1.</summary>
/// <param name="Imap">Plain and STARTTLS.</param>
/// <param name="Imaps">Implicit TLS.</param>
/// <param name="Lmtp">Delivery without a queue: what it has answered 250 is in the mailbox.</param>
/// <param name="Smtp">Submission, plain and STARTTLS.</param>
/// <param name="Smtps">Submission by implicit TLS.</param>
public sealed record MailServerPorts(int Imap, int Imaps, int Lmtp, int Smtp, int Smtps)
{
    internal static MailServerPorts Free() =>
        LoopbackPorts.Take(5) is [var imap, var imaps, var lmtp, var smtp, var smtps]
            ? new MailServerPorts(imap, imaps, lmtp, smtp, smtps)
            : throw new InvalidOperationException("no free ports");

    internal Dictionary<string, string> ToEnvironment() => new()
    {
        ["IMAP_PORT"] = $"{Imap}",
        ["IMAPS_PORT"] = $"{Imaps}",
        ["LMTP_PORT"] = $"{Lmtp}",
        ["SMTP_PORT"] = $"{Smtp}",
        ["SMTPS_PORT"] = $"{Smtps}",
    };
}
