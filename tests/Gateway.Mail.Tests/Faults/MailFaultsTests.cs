using System.Net.Sockets;
using Gateway.Mail.Faults;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Gateway.Mail.Tests.Faults;

public sealed class MailFaultsTests
{
    public static TheoryData<Exception, MailFault> Rows => new()
    {
        { new MailException(MailFault.OverQuota, "known"), MailFault.OverQuota },
        { new AuthenticationException("Wrong password."), MailFault.BadCredentials },
        { new AuthenticationException("Too many connections."), MailFault.Throttled },
        { new AuthenticationException("454: Temporary authentication failure"), MailFault.Throttled },
        { new AuthenticationException("No.", new IOException("service unavailable")), MailFault.Throttled },
        { new SslHandshakeException("no"), MailFault.Tls },
        { new System.Security.Authentication.AuthenticationException("no"), MailFault.Tls },
        { new ImapCommandException(ImapCommandResponse.No, "Because."), MailFault.Rejected },
        { new ImapCommandException(ImapCommandResponse.No, "Quota exceeded."), MailFault.OverQuota },
        { new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, SmtpStatusCode.MailboxUnavailable, "no"), MailFault.Rejected },
        { new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, SmtpStatusCode.ServiceNotAvailable, "busy"), MailFault.Throttled },
        { new FolderNotFoundException("Lost"), MailFault.MailboxGone },
        { new MessageNotFoundException("Lost"), MailFault.MessageGone },
        { new NotSupportedException("no"), MailFault.Rejected },
        { new TimeoutException(), MailFault.TimedOut },
        { new OperationCanceledException(), MailFault.TimedOut },
        { new IOException("late", new SocketException((int)SocketError.TimedOut)), MailFault.TimedOut },
        { new IOException("reset", new SocketException((int)SocketError.ConnectionReset)), MailFault.Protocol },
        { new SocketException((int)SocketError.ConnectionRefused), MailFault.Unreachable },
        { new IOException("gone"), MailFault.Protocol },
        { new ImapProtocolException("nonsense"), MailFault.Protocol },
        { new SmtpProtocolException("nonsense"), MailFault.Protocol },
        { new ServiceNotConnectedException(), MailFault.Protocol },
        { new FormatException(), MailFault.Protocol },
        { new ArgumentOutOfRangeException("index"), MailFault.Protocol },
        { new InvalidOperationException(), MailFault.Protocol },
        { new OverflowException(), MailFault.Protocol },
        { new KeyNotFoundException(), MailFault.Protocol },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_exception_of_the_library_has_a_fault(Exception error, MailFault expected) => Assert.Equal(expected, MailFaults.From(error).Fault);

    [Fact]
    public void Words_of_a_server_are_cut_and_cleaned()
    {
        var words = "Go\r\nto\u0007hell\u001b[31m" + new string('x', 1000);

        var text = MailFaults.From(new ImapCommandException(ImapCommandResponse.No, words)).ServerText;

        Assert.Equal(500, text!.Length);
        Assert.StartsWith("Go  to hell [31mxxx", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, char.IsControl);
    }

    [Fact]
    public void Words_are_not_cut_in_the_middle_of_a_character()
    {
        var text = MailFaults.From(new ImapCommandException(ImapCommandResponse.No, new string('x', 499) + "😀")).ServerText;

        Assert.False(char.IsHighSurrogate(text![^1]));
    }

    [Fact]
    public void Invisible_characters_that_turn_the_line_around_are_taken_out()
    {
        var text = MailFaults.From(new ImapCommandException(ImapCommandResponse.No, "a\u202eb\u2028c")).ServerText;

        Assert.Equal("a b c", text);
    }

    [Fact]
    public void No_words_are_null() => Assert.Null(MailFaults.From(new ImapCommandException(ImapCommandResponse.No, "  ")).ServerText);
}
