using System.Text;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;

namespace Gateway.Mail.Tests.Imap;

public sealed class NestingLimitTests
{
    private static readonly string Deep = new('(', 300);

    [Theory]
    [InlineData("* 1 FETCH (ENVELOPE (NIL \"a \"quoted\"word\" NIL))\r\n")] // quotes not escaped
    [InlineData("* 1 FETCH (ENVELOPE (NIL \"a \\\" quote, a \\\\\" NIL))\r\n")]
    [InlineData("* LIST (\\HasNoChildren) \"/\" {8}\r\na \"quote\r\n")]
    [InlineData("* OK It's \"half quoted, {12} and (((\r\n* 1 EXISTS\r\n")]
    [InlineData("* OK [PERMANENTFLAGS (\\Seen \\*)] Some \"flags.\r\n* 1 EXISTS\r\n")]
    [InlineData("* OK [ALERT] The \"quota {5} is near :((\r\n* 1 EXISTS\r\n")]
    [InlineData("A00000001 NO [LIMIT] No {99} more \"(((\r\n* 1 EXISTS\r\n")]
    [InlineData("A00000001 OK [APPENDUID 7 12] \"Done\", it says\r\n")]
    [InlineData("+ idling \"{5}\r\n* 1 EXISTS\r\n")]
    [InlineData("* BYE Bye \"now\r\n")]
    [InlineData("* 1 FETCH (BODY[] {3+}\r\n\"((\"x\")\r\n")]
    [InlineData("* 1 FETCH (BODY[HEADER.FIELDS (FROM TO)] {0}\r\n FLAGS (\\Seen))\r\n")]
    public void What_servers_send_is_followed(string received)
    {
        Assert.False(Refuses(received));
        Assert.False(Refuses(received, chunk: 1));
    }

    [Theory]
    [InlineData("* 1 FETCH (NIL \"a\"x\" ")] // the string ends at the last of these quotes
    [InlineData("* OK fine {999}\r\n* 1 FETCH ")]
    [InlineData("* ok fine {999}\r\n* 1 FETCH ")]
    [InlineData("A00000001 NO no {999}\r\n* 1 FETCH ")]
    [InlineData("A00000001  NO {999}\r\n* 1 FETCH ")]
    [InlineData("+ go on {999}\r\n* 1 FETCH ")]
    [InlineData("* OK \"open\r\n* 1 FETCH \" ")]
    [InlineData("* OK [NEWNAME \"open\r\n* 1 FETCH \" ")]
    [InlineData("* OK [X (] {999}\r\n* 1 FETCH ")]
    [InlineData("* [X] {999}\r\n* 1 FETCH ")]
    [InlineData("* OK\x7f {999}\r\n* 1 FETCH ")]
    [InlineData("* 1 FETCH (\"open\r\n\" ")]
    [InlineData("* 1 FETCH (X {3}junk\r\n\"\"\" ")]
    [InlineData("* 1 FETCH ({x} ")]
    [InlineData("* 1 FETCH ({99999999999999999999} ")]
    [InlineData("* OK The Microsoft Exchange IMAP4 service is ready.\r\n* LIST () \"/\" a {999}\r\n* 1 FETCH ")]
    [InlineData("* OK \"The\" Microsoft Exchange IMAP4 service\r\n* LIST () \"/\" a {999}\r\n* 1 FETCH ")]
    [InlineData("* OK Ready.\r\n* PREAUTH \"\r\n* 1 FETCH (\" ")]
    public void Nothing_hides_what_is_nested_too_deeply(string received)
    {
        Assert.True(Refuses(received + Deep));
        Assert.True(Refuses(received + Deep, chunk: 1));
    }

    [Fact]
    public void Running_ahead_to_what_means_something_changes_nothing()
    {
        string[] pieces =
        [
            "* ", "* 1 FETCH ", "* LIST () ", "* OK ", "* BYE [X ", "A1 NO ", "+ ", "(", ")", "((", "\"", "\\", "{3}", "{0+}", "{", "}", "[", "]", " ", "\r\n", "\r\n", "\r\n* 2 FETCH (",
            "abc", "\"word\" ", "\"a \\\" b\" ", "Exchange", "NIL ", "\x7f", "9", Deep,
        ];
        var random = new Random(1);
        var refused = 0;
        for (var round = 0; round < 50_000; round++)
        {
            var received = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            var refuses = Refuses(received);
            refused += refuses ? 1 : 0;

            Assert.True(refuses == RefusesStepByStep(received), received);
        }

        Assert.InRange(refused, 5_000, 45_000);
    }

    private static bool RefusesStepByStep(string received)
    {
        var nesting = new NestingLimit();
        try
        {
            for (ReadOnlySpan<byte> rest = Encoding.Latin1.GetBytes(received); rest.Length > 0;)
            {
                rest = rest[nesting.Skip(rest)..];
                if (rest.Length == 0) { break; }

                nesting.Step(rest[0]);
                rest = rest[1..];
            }

            return false;
        }
        catch (MailException) { return true; }
    }

    private static bool Refuses(string received, int chunk = int.MaxValue)
    {
        var bytes = Encoding.Latin1.GetBytes(received);
        var heard = new ReceivedBytes();
        try
        {
            for (var at = 0; at < bytes.Length; at += chunk == 1 ? 1 : bytes.Length) { heard.LogServer(bytes, at, Math.Min(chunk, bytes.Length)); }

            return false;
        }
        catch (MailException) { return true; }
    }
}
