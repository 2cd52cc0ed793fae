using System.Text;
using Gateway.Features.Messages;
using MailKit;

namespace Gateway.Tests.Messages;

public sealed class WholeMessageTests
{
    private const string Nested = """
        Subject: x
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=a

        preamble
        --a
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain

        Plain
        --b
        Content-Type: text/html

        <p>Html</p>

        --b--
        --a
        Content-Type: message/rfc822

        Subject: inner
        Content-Type: text/plain

        Inner
        --a
        Content-Type: text/plain
        Content-Transfer-Encoding: base64

        SGVsbG8=
        --a--
        """;

    [Theory]
    [InlineData("1.1", "Plain")]
    [InlineData("1.2", "<p>Html</p>\r\n")]
    [InlineData("2.1", "Inner")]
    [InlineData("3", "SGVsbG8=")]
    public void Parts_are_cut_out_as_they_were_sent(string specifier, string expected) =>
        Assert.Equal(expected, Text(Read(Nested).Find(Part(specifier, expected.Length))));

    [Theory]
    [InlineData("", "Text\r\nof it\r\n")]
    [InlineData("1", "Text\r\nof it\r\n")]
    public void The_only_part_is_everything_below_the_header(string specifier, string expected) =>
        Assert.Equal(expected, Text(Read("Subject: x\n\nText\nof it\n").Find(Part(specifier, expected.Length))));

    [Theory]
    [InlineData("1.1", 4)]
    [InlineData("1.3", 5)]
    [InlineData("1.1.1", 5)]
    [InlineData("4", 5)]
    [InlineData("0", 5)]
    [InlineData("1", 5)]
    [InlineData("2.2", 5)]
    [InlineData("x", 5)]
    public void What_the_server_sees_otherwise_is_not_answered(string specifier, int octets) => Assert.Null(Read(Nested).Find(Part(specifier, octets)));

    [Theory]
    [InlineData("Subject: x\n\nText", "Subject: x\r\n\r\n")]
    [InlineData("Subject: x\n", "Subject: x\r\n")]
    [InlineData("", "")]
    public void The_header_ends_with_its_empty_line(string raw, string expected) => Assert.Equal(expected, Text(Read(raw).Header.ToArray()));

    private static WholeMessage Read(string raw) => new(Encoding.ASCII.GetBytes(raw.ReplaceLineEndings("\r\n")));

    private static BodyPartBasic Part(string specifier, int octets) => new(new("text", "plain"), specifier) { Octets = (uint)octets };

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.ASCII.GetString(bytes);
}
