using System.Text;
using Gateway.Rendering;
using Xunit;

namespace Gateway.Tests.Rendering;

public class HeaderReadingTests
{
    [Fact]
    public void A_plain_header_is_read_whole()
    {
        var header = Read(
            "From: =?utf-8?Q?J=C3=BCrgen?= <j@example.com>\r\nTo: a@example.com, \"B, C\" <b@example.com>\r\nCc: team: c@example.com;\r\n"
            + "Subject: =?utf-8?B?SGVsbG8=?=\r\n world\r\nDate: Mon, 23 Nov 2026 05:20:44 +0100\r\n"
            + "Message-ID: <1@example.com>\r\nIn-Reply-To: <0@example.com>\r\nReferences: <a@x>\r\n <0@example.com>\r\n\r\nSubject: body\r\n");

        Assert.Equal([new Address("j@example.com", "Jürgen")], header.From);
        Assert.Equal([new Address("a@example.com", null), new Address("b@example.com", "B, C")], header.To);
        Assert.Equal([new Address("c@example.com", null)], header.Cc);
        Assert.Equal("Hello world", header.Subject);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 5, 20, 44, TimeSpan.FromHours(1)), header.Date);
        Assert.Equal(("1@example.com", "0@example.com"), (header.MessageId, header.InReplyTo));
        Assert.Equal(["a@x", "0@example.com"], header.References);
        Assert.Empty(header.Defects);
    }

    [Theory]
    [InlineData("From: a@b.c\r\nDate: yesterday-ish\r\n", DefectCodes.DateUnreadable)]
    [InlineData("From: a@b.c\r\n", DefectCodes.DateUnreadable)]
    [InlineData("Date: Mon, 23 Nov 2026 05:20:44 +0000\r\n", DefectCodes.FromMissing)]
    [InlineData("From: \r\nDate: Mon, 23 Nov 2026 05:20:44 +0000\r\n", DefectCodes.FromMissing)]
    [InlineData("From: a@b.c\r\nFrom: d@e.f\r\nDate: Mon, 23 Nov 2026 05:20:44 +0000\r\n", DefectCodes.HeaderDuplicate)]
    public void What_is_wrong_is_said(string header, string code)
    {
        Assert.Equal(code, Assert.Single(Read(header).Defects).Code);
    }

    [Fact]
    public void Of_two_senders_the_first_counts()
    {
        Assert.Equal("a@b.c", Assert.Single(Read("From: a@b.c\r\nFrom: d@e.f\r\n").From).Email);
    }

    [Fact]
    public void A_field_of_64_KB_is_read_and_a_longer_one_is_skipped()
    {
        static string Subject(int length) => "Subject:" + new string('x', length - 10) + "\r\nFrom: a@b.c\r\n";

        Assert.Equal(64 * 1024 - 10, Read(Subject(64 * 1024)).Subject.Length);
        var skipped = Read(Subject(64 * 1024 + 1));
        Assert.Equal("", skipped.Subject);
        Assert.Equal("a@b.c", Assert.Single(skipped.From).Email);
        Assert.Contains(skipped.Defects, defect => defect.Code == DefectCodes.HeaderTooLong);
    }

    [Fact]
    public void A_header_past_256_KB_is_read_up_to_there()
    {
        var filler = string.Concat(Enumerable.Repeat("X-Filler: " + new string('x', 988) + "\r\n", 263));
        var header = Read("From: a@b.c\r\n" + filler + "Subject: late\r\n");

        Assert.Equal("a@b.c", Assert.Single(header.From).Email);
        Assert.Equal("", header.Subject);
        Assert.Contains(header.Defects, defect => defect.Code == DefectCodes.HeaderTooLong);
    }

    [Fact]
    public void Folding_by_the_ten_thousand_is_only_bytes()
    {
        var header = Read("Subject: a" + string.Concat(Enumerable.Repeat("\r\n b", 10_000)) + "\r\nFrom: a@b.c\r\n");

        Assert.StartsWith("a b b", header.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_hold_no_controls_and_no_reordering()
    {
        var header = Read("From: =?utf-8?Q?a=E2=80=AEb=0D=0Ac?= <a@b.c>\r\nSubject: =?utf-8?Q?x=00=1B[31m=0Ay?=\r\n");

        Assert.Equal("ab c", Assert.Single(header.From).Name);
        Assert.Equal("x[31m y", header.Subject);
    }

    [Fact]
    public void Any_bytes_are_a_header()
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            Assert.NotNull(HeaderReading.Read(bytes));
            Assert.NotNull(HeaderReading.Read([.. "From: "u8, .. bytes]));
            Assert.NotNull(HeaderReading.Read([.. "Subject: =?utf-8?B?"u8, .. bytes]));
        }
    }

    private static MessageHeader Read(string header) => HeaderReading.Read(Encoding.Latin1.GetBytes(header));
}
