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
