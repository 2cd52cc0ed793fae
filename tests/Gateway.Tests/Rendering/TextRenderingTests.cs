using Gateway.Rendering;
using Xunit;

namespace Gateway.Tests.Rendering;

public class TextRenderingTests
{
    [Theory]
    [InlineData("<p>one</p><p>two</p>", "one\n\ntwo")]
    [InlineData("a<br>b", "a\nb")]
    [InlineData("<div>a</div><div>b</div>", "a\nb")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "- a\n- b")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e", "a\n> b\n> c\n>> d\ne")]
    [InlineData("<a href=https://example.com/x>here</a>", "here <https://example.com/x>")]
    [InlineData("<a href=https://example.com/x>example.com</a>", "example.com")]
    [InlineData("<a href=javascript:alert(1)>here</a>", "here")]
    [InlineData("<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("a \n\t b&nbsp;&amp;&lt;c", "a b &<c")]
    [InlineData("<head><title>t</title><style>x{}</style></head><script>y</script>z<img alt=pic>", "zpic")]
    [InlineData("<!-- x -->a &#0; &#x202e;", "a")]
    public void Html_becomes_readable_text(string html, string expected)
    {
        Assert.Equal(expected, TextRendering.FromHtml(html).TrimEnd('\u202e', ' ', '\ufffd'));
    }

    [Theory]
    [InlineData("Hello\r\n\r\n  world\t!", "Hello world !")]
    [InlineData("> quoted\nanswer\n> more", "answer")]
    [InlineData("see https://example.com/very/long?a=b now", "see now")]
    [InlineData("[https://example.com/x] text <http://a.b/c>", "text")]
    [InlineData("----\ntext\n====", "text")]
    [InlineData("text\n-- \nname", "text")]
    [InlineData("a\u202eb\u200b\u0007c\u00ad", "abc")]
    [InlineData("Sale \u200c \u200c \u200c now", "Sale now")]
    [InlineData("\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645", "\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645")]
    [InlineData("", "")]
    public void A_preview_is_one_line_of_what_is_new(string text, string expected)
    {
        Assert.Equal(expected, TextRendering.Preview(text));
    }

    [Fact]
    public void A_preview_has_at_most_200_characters_and_no_half_one()
    {
        var preview = TextRendering.Preview(new string('x', 199) + "\U0001F600 and more");

        Assert.Equal(new string('x', 199), preview);
    }

    [Fact]
    public void Text_of_512_KB_is_whole_and_one_character_more_is_cut()
    {
        var whole = new string('x', 512 * 1024);

        Assert.Empty(TextRendering.FromText(whole).Defects);
        var cut = TextRendering.FromText(whole + "y");
        Assert.Equal(DefectCodes.TextTruncated, Assert.Single(cut.Defects).Code);
        Assert.Equal(whole, cut.Text);
    }

    [Fact]
    public void Lines_end_one_way_and_controls_go()
    {
        Assert.Equal("a\nb\nc\n\td", TextRendering.FromText("a\r\nb\rc\n\0\u0007\td\u009b").Text);
    }

    [Fact]
    public void Half_a_character_is_replaced()
    {
        Assert.Equal("a\ufffdb", TextRendering.FromText("a\ud83db").Text);
    }
}
