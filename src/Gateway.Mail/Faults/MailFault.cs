namespace Gateway.Mail.Faults;

/// <summary>Why the engine could not do what was asked. Each has one HTTP problem with a section in openapi/problems.md.</summary>
public enum MailFault
{
    /// <summary>The server refused the user name or password.</summary>
    BadCredentials,

    /// <summary>The server answered "too many connections", UNAVAILABLE, LIMIT or THROTTLED.</summary>
    Throttled,

    /// <summary>No connection: name not found, refused, network down.</summary>
    Unreachable,

    /// <summary>The egress policy does not let this address be reached.</summary>
    Refused,

    /// <summary>Certificate, handshake or STARTTLS failure.</summary>
    Tls,

    /// <summary>Plaintext was asked for and the operator does not allow it for this host.</summary>
    PlaintextRefused,

    /// <summary>The server did not answer within the deadline, or too slowly.</summary>
    TimedOut,

    /// <summary>The server broke the protocol, or went away in mid-command.</summary>
    Protocol,

    /// <summary>The server said NO to a command.</summary>
    Rejected,

    /// <summary>The mailbox does not exist or cannot be selected.</summary>
    MailboxGone,

    /// <summary>The message is not (or no longer) where its key says.</summary>
    MessageGone,

    /// <summary>The server refused for lack of space (OVERQUOTA).</summary>
    OverQuota,

    /// <summary>Every session stayed busy until the lease time-out.</summary>
    PoolExhausted,

    /// <summary>The account has no IMAP (or SMTP) server.</summary>
    NotConfigured,

    /// <summary>There is no such account.</summary>
    AccountGone,
}
