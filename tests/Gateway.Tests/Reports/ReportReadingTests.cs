using System.Text;
using Gateway.Features.Reports;
using MimeKit;
using Xunit;

namespace Gateway.Tests.Reports;

public sealed class ReportReadingTests
{
    [Fact]
    public void A_standard_report_tells_of_each_recipient()
    {
        var report = Read("""
            From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            Some words for people.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.test

            Final-Recipient: rfc822; ann@example.test
            Original-Recipient: rfc822;Ann@example.test
            Action: failed
            Status: 5.2.2
            Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

            Final-Recipient: rfc822; bob@example.test
            Action: delayed
            Status: 4.4.1

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <first@example.test>
            Subject: Hello

            --b--
            """);

        Assert.Equal((ReportKind.Bounce, "first@example.test"), (report!.Kind, report.About[0]));
        Assert.Equal(
            [new("Ann@example.test", BounceClass.Full, "5.2.2", "552 5.2.2 Mailbox full"), new("bob@example.test", BounceClass.Soft, "4.4.1")],
            report.Recipients);
    }

    [Theory]
    [InlineData("delivered", "2.0.0", ReportKind.Delivery, null)]
    [InlineData("relayed", "2.0.0", ReportKind.Delivery, null)]
    [InlineData("delayed", "4.0.0", ReportKind.Delay, BounceClass.Soft)]
    [InlineData("failed", "5.7.1", ReportKind.Bounce, BounceClass.Policy)]
    [InlineData("FAILED", "5.3.4", ReportKind.Bounce, BounceClass.TooLarge)]
    internal void The_action_says_what_became_of_the_mail(string action, string status, ReportKind kind, BounceClass? why)
    {
        var report = Read($"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822; ann@example.test\nAction: {action}\nStatus: {status}\n\n--b--\n");

        Assert.Equal((kind, why), (report!.Kind, Assert.Single(report.Recipients).Class));
    }

    [Fact]
    public void A_complaint_names_its_kind_and_the_mail()
    {
        var report = Read("""
            From: <abusedesk@example.test>
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b

            This is an email abuse report.
            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: SomeGenerator/1.0
            Version: 1
            Original-Rcpt-To: <ann@example.test>

            --b
            Content-Type: message/rfc822

            From: <me@example.test>
            Message-ID: <spam@example.test>

            Buy!
            --b--
            """);

        Assert.Equal((ReportKind.Complaint, "abuse", "spam@example.test", "ann@example.test"), (report!.Kind, report.Detail, report.About[0], Assert.Single(report.Recipients).Address));
    }

    [Fact]
    public void A_receipt_says_what_the_reader_did()
    {
        var report = Read("""
            From: <ann@example.test>
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b

            Your message was read.
            --b
            Content-Type: message/disposition-notification

            Reporting-UA: joes-pc.example.test; Foomail 97.1
            Final-Recipient: rfc822;ann@example.test
            Original-Message-ID: <asked@example.test>
            Disposition: manual-action/MDN-sent-manually; displayed

            --b--
            """);

        Assert.Equal((ReportKind.ReadReceipt, "displayed", "asked@example.test", "ann@example.test"), (report!.Kind, report.Detail, report.About[0], Assert.Single(report.Recipients).Address));
    }

    [Fact]
    public void An_old_bounce_of_exim_is_understood()
    {
        var report = Read("""
            From: Mail Delivery System <Mailer-Daemon@mx.example.test>
            X-Failed-Recipients: ann@example.test
            Auto-Submitted: auto-replied
            Subject: Mail delivery failed: returning message to sender

            This message was created automatically by mail delivery software.

            A message that you sent could not be delivered to one or more of its
            recipients. This is a permanent error. The following address(es) failed:

              ann@example.test
                SMTP error from remote mail server after RCPT TO:<ann@example.test>:
                550 5.7.1 Message rejected due to local policy

            ------ This is a copy of the message, including all the headers. ------

            Return-path: <me@example.test>
            Message-ID: <mine@example.test>
            To: ann@example.test, carl@example.test

            Text
            """);

        Assert.Equal((ReportKind.Bounce, "mine@example.test"), (report!.Kind, report.About[0]));
        Assert.Equal([("ann@example.test", BounceClass.Policy)], report.Recipients.Select(r => (r.Address, r.Class!.Value)));
        Assert.Contains("550 5.7.1 Message rejected", report.Recipients[0].Diagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_warning_is_a_delay()
    {
        var report = Read("""
            From: Mail Delivery System <Mailer-Daemon@mx.example.test>
            Subject: Warning: message 1abc delayed 24 hours

            A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours on the queue.

              ann@example.test

            No action is required on your part.
            """);

        Assert.Equal((ReportKind.Delay, BounceClass.Soft), (report!.Kind, Assert.Single(report.Recipients).Class));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", true)]
    [InlineData("Auto-Submitted: Auto-Replied; owner-email=a@b", true)]
    [InlineData("X-Autoreply: yes", true)]
    [InlineData("Precedence: auto_reply", true)]
    [InlineData("Auto-Submitted: auto-generated\nIn-Reply-To: <a@b>", true)]
    [InlineData("Auto-Submitted: auto-generated", false)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("X-Other: 1", false)]
    public void Who_answers_by_machine_says_so(string header, bool isAutomatic) =>
        Assert.Equal(isAutomatic, Read($"From: ann@example.test\nSubject: Away\n{header}\n\nI am away.\n")?.Kind == ReportKind.AutoReply);

    [Theory]
    [InlineData("From: postmaster@example.test\nSubject: Maintenance on Sunday\n\nThe mail server is down from 3 to 4.\n")]
    [InlineData("From: ann@example.test\nSubject: Undeliverable?\n\nDid my mail come back: delivery failed?\n")]
    [InlineData("Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n--b--\n")]
    public void What_reports_nothing_is_no_report(string mail) => Assert.Null(Read(mail));

    [Theory]
    [InlineData("5.1.1", "no such user", BounceClass.Hard)]
    [InlineData("5.0.0", "550 User unknown", BounceClass.Hard)]
    [InlineData(null, "552 quota exceeded", BounceClass.Full)]
    [InlineData("4.2.2", "over quota", BounceClass.Full)]
    [InlineData("5.7.1", "550 5.1.1 recipient does not exist", BounceClass.Hard)]
    [InlineData("5.7.26", "unauthenticated mail: DMARC", BounceClass.Policy)]
    [InlineData(null, "554 Message too large", BounceClass.TooLarge)]
    [InlineData(null, "451 try again later", BounceClass.Soft)]
    [InlineData("5.4.4", "Host or domain name not found", BounceClass.Hard)]
    [InlineData(null, "550 something else", BounceClass.Unknown)]
    [InlineData(null, null, BounceClass.Unknown)]
    internal void Reasons_are_told_from_codes_and_words(string? status, string? words, BounceClass expected) => Assert.Equal(expected, BounceClassing.Of(status, words));

    [Fact]
    public void Text_made_to_be_slow_is_read_in_time()
    {
        var lines = string.Concat(Enumerable.Repeat(new string('5', 199) + " 550 " + new string(' ', 399) + "\n", 120));

        Assert.NotNull(Read($"From: MAILER-DAEMON@example.test\nSubject: failure notice\n\n{lines}{new string('a', 60_000)}@{new string('b', 60_000)}\n"));
    }

    private static ReadReport? Read(string mail)
    {
        using var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"))));
        return ReportReading.Read(message);
    }
}
