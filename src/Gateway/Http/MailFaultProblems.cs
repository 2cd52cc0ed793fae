using Gateway.Mail.Faults;

namespace Gateway.Http;

/// <summary>The problem of each engine fault.</summary>
internal static class MailFaultProblems
{
    public static ProblemKind KindOf(MailFault fault) => fault switch
    {
        MailFault.BadCredentials => new("bad-credentials", 401, "The mail server refused the user name or password"),
        MailFault.Throttled => new("throttled", 503, "The mail server asks us to slow down"),
        MailFault.Unreachable => new("mail-server-unreachable", 502, "The mail server cannot be reached"),
        MailFault.Refused => new("address-refused", 422, "This address may not be reached from here"),
        MailFault.Tls => new("tls-failed", 502, "No safe connection to the mail server"),
        MailFault.PlaintextRefused => new("plaintext-refused", 422, "Unencrypted mail connections are not allowed"),
        MailFault.TimedOut => new("mail-server-timeout", 504, "The mail server did not answer in time"),
        MailFault.Protocol => new("mail-server-protocol", 502, "The mail server broke off or made no sense"),
        MailFault.Rejected => new("mail-server-refused", 502, "The mail server refused the command"),
        MailFault.MailboxGone => new("mailbox-gone", 404, "The mailbox is not there any more"),
        MailFault.MessageGone => new("message-gone", 410, "The message is not there any more"),
        MailFault.OverQuota => new("over-quota", 507, "The mailbox is full"),
        MailFault.PoolExhausted => new("pool-exhausted", 503, "This account is busy"),
        MailFault.NotConfigured => new("not-configured", 409, "The account has no such server"),
        MailFault.AccountGone => Problems.AccountNotFoundKind,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A fault without a problem"),
    };
}
