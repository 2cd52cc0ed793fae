using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Gateway.Mail.Faults;

/// <summary>Tells what an exception of the mail library means.</summary>
public static class MailFaults
{
    /// <summary>"Too many connections" and outages come as authentication failures too: the server's words decide (RFC 5530).</summary>
    private static readonly string[] ThrottleWords =
        ["too many", "unavailable", "[limit]", "throttl", "try again", "temporar", "in use", "rate limit", "connection limit", "maximum number of connections"];

    public static MailException From(Exception error) => error switch
    {
        MailException known => known,
        AuthenticationException refused => OfAuthentication(refused, null),
        SslHandshakeException tls => New(MailFault.Tls, "The TLS handshake failed.", tls),
        System.Security.Authentication.AuthenticationException tls => New(MailFault.Tls, "The TLS handshake failed.", tls),
        ImapCommandException no => OfCommand(no, null),
        SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable } busy => New(MailFault.Throttled, "The server has no time for us now.", busy, busy.Message),
        SmtpCommandException no => New(MailFault.Rejected, "The server refused the command.", no, no.Message),
        FolderNotFoundException gone => New(MailFault.MailboxGone, "There is no such mailbox on the server.", gone),
        MessageNotFoundException gone => New(MailFault.MessageGone, "The message is not on the server any more.", gone),
        NotSupportedException cannot => New(MailFault.Rejected, "The server cannot do this.", cannot),
        TimeoutException late => New(MailFault.TimedOut, "The server did not answer in time.", late),
        OperationCanceledException late => New(MailFault.TimedOut, "The server did not answer within the deadline.", late),
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut } } late => New(MailFault.TimedOut, "The server stopped answering.", late),
        SocketException link => New(MailFault.Unreachable, "No connection to the server.", link),
        IOException or ProtocolException or ServiceNotConnectedException => New(MailFault.Protocol, "The server broke off, or sent what makes no sense.", error),
        // What the parser throws at malformed answers: the server's fault, never a 500.
        FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException =>
            New(MailFault.Protocol, "The server sent what makes no sense.", error),
        _ => New(MailFault.Protocol, "The mail server's answer could not be used.", error),
    };

    /// <summary>The session behind this failure is gone, so that a repeat needs a fresh one.</summary>
    internal static bool IsLostLink(Exception error) =>
        error is IOException or SocketException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException;

    /// <summary>What it means that no session could be opened.</summary>
    /// <param name="unsecured">STARTTLS was to be used and has not been: a server that refuses it, or has lost it on the way here, is never talked to in the clear.</param>
    /// <param name="refusal">The server's last words, where MailKit's exception leaves them out.</param>
    internal static MailException OfOpening(Exception error, bool unsecured, string? refusal) => error switch
    {
        NotSupportedException or CommandException when unsecured => New(MailFault.Tls, "The server does not do STARTTLS.", error, refusal),
        AuthenticationException refused => OfAuthentication(refused, refusal),
        ProtocolException when IsThrottle(refusal) => New(MailFault.Throttled, "The server has no time for us now.", error, refusal),
        _ => From(error),
    };

    /// <summary>NO to SELECT means that the mailbox cannot be had, unless the server says that it is busy.</summary>
    internal static Exception OfSelect(Exception error, string? refusal)
    {
        if (error is not ImapCommandException no) { return error; }

        var fault = OfCommand(no, refusal);
        return fault.Fault == MailFault.Throttled ? fault : new MailException(MailFault.MailboxGone, "The mailbox cannot be opened.", fault.ServerText, error);
    }

    private static MailException OfAuthentication(AuthenticationException error, string? refusal)
    {
        var words = refusal ?? error.Message;
        var later = words is ['4', _, _, ':', ..]; // how MailKit begins with an SMTP reply
        return later || IsThrottle(words) || IsThrottle(error.InnerException?.Message)
            ? New(MailFault.Throttled, "The server does not take the sign-in now.", error, words)
            : New(MailFault.BadCredentials, "The server refused the user name or password.", error, words);
    }

    private static bool IsThrottle(string? words) => words is not null && HasAny(words, ThrottleWords);

    /// <summary>What a NO means.</summary>
    /// <param name="refusal">The server's words with the response code (RFC 5530), which MailKit's exception leaves out; null when they are not known.</param>
    internal static MailException OfCommand(ImapCommandException error, string? refusal)
    {
        var words = refusal ?? error.ResponseText ?? error.Message;
        if (HasAny(words, "OVERQUOTA", "quota exceeded")) { return New(MailFault.OverQuota, "The mailbox is full.", error, words); }

        if (HasAny(words, "[LIMIT]", "THROTTLED", "[UNAVAILABLE]")) { return New(MailFault.Throttled, "The server asks us to slow down.", error, words); }

        return HasAny(words, "NONEXISTENT", "TRYCREATE")
            ? New(MailFault.MailboxGone, "There is no such mailbox on the server.", error, words)
            : New(MailFault.Rejected, "The server refused the command.", error, words);
    }

    private static bool HasAny(string words, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (words.Contains(part, StringComparison.OrdinalIgnoreCase)) { return true; }
        }

        return false;
    }

    private static MailException New(MailFault fault, string message, Exception inner, string? words = null) =>
        new(fault, message, ServerText.Clean(words), inner);
}
