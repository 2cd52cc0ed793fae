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
        AuthenticationException refused => OfAuthentication(refused),
        SslHandshakeException tls => New(MailFault.Tls, "The TLS handshake failed.", tls),
        System.Security.Authentication.AuthenticationException tls => New(MailFault.Tls, "The TLS handshake failed.", tls),
        ImapCommandException no => OfCommand(no),
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

    private static MailException OfAuthentication(AuthenticationException error)
    {
        var words = (error.InnerException?.Message ?? "") + " " + error.Message;
        return ThrottleWords.Any(w => words.Contains(w, StringComparison.OrdinalIgnoreCase))
            ? New(MailFault.Throttled, "The server does not take the sign-in now.", error, error.Message)
            : New(MailFault.BadCredentials, "The server refused the user name or password.", error, error.Message);
    }

    private static MailException OfCommand(ImapCommandException error)
    {
        var words = error.ResponseText ?? error.Message;
        if (words.Contains("OVERQUOTA", StringComparison.OrdinalIgnoreCase) || words.Contains("quota exceeded", StringComparison.OrdinalIgnoreCase))
        {
            return New(MailFault.OverQuota, "The mailbox is full.", error, words);
        }

        if (words.Contains("[LIMIT]", StringComparison.OrdinalIgnoreCase) || words.Contains("THROTTLED", StringComparison.OrdinalIgnoreCase))
        {
            return New(MailFault.Throttled, "The server asks us to slow down.", error, words);
        }

        return words.Contains("NONEXISTENT", StringComparison.OrdinalIgnoreCase) || words.Contains("TRYCREATE", StringComparison.OrdinalIgnoreCase)
            ? New(MailFault.MailboxGone, "There is no such mailbox on the server.", error, words)
            : New(MailFault.Rejected, "The server refused the command.", error, words);
    }

    private static MailException New(MailFault fault, string message, Exception inner, string? words = null) =>
        new(fault, message, ServerText.Clean(words), inner);
}
