using System.Text;
using Gateway.Rendering;

namespace Gateway.Tests.Rendering;

public sealed class DeliveryReportTests
{
    [Fact]
    public void A_report_tells_what_became_of_each_recipient()
    {
        var report = Read("""
            Reporting-MTA: dns; mail.example.test
            Arrival-Date: Mon, 1 Jun 2026 10:00:00 +0000

            Final-Recipient: rfc822; ann@far.example
            Original-Recipient: rfc822;Ann@far.example
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.far.example
            Diagnostic-Code: smtp; 550 5.1.1
              No such user

            Final-Recipient: rfc822; bob@far.example
            Action: delayed
            Status: 4.4.1 (timed out)
            """);

        Assert.Equal(("mail.example.test", "1@example.test"), (report!.ReportedBy, report.OriginalMessageIdHeader));
        Assert.Equal(
            [
                new("Ann@far.example", DeliveryAction.Failed, "5.1.1", "550 5.1.1  No such user", "mx.far.example"),
                new("bob@far.example", DeliveryAction.Delayed, "4.4.1", null, null),
            ],
            report.Recipients);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Reporting-MTA: dns; mail.example.test")]
    [InlineData("\n\n\n\n")]
    [InlineData("nonsense\n\nnonsense")]
    public void A_report_about_nobody_is_none(string status) => Assert.Null(Read(status));

    [Fact]
    public void A_report_about_very_many_is_cut() =>
        Assert.Equal(500, Read("A: b\n\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"Final-Recipient: rfc822;{i}@a.example\n\n")))!.Recipients.Count);

    private static DeliveryReport? Read(string status) => DeliveryReport.Read(Encoding.UTF8.GetBytes(status.ReplaceLineEndings("\r\n")), "1@example.test");
}
