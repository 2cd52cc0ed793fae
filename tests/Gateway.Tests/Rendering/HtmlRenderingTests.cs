using Gateway.Rendering;
using Xunit;

namespace Gateway.Tests.Rendering;

public class HtmlRenderingTests
{
    [Theory]
    [InlineData("<p onclick=alert(1)>x</p>", "<p>x</p>")]
    [InlineData("<script>alert(1)</script><b>x</b>", "<b>x</b>")]
    [InlineData("<svg onload=alert(1)><b>x</b></svg>", "<b>x</b>")]
    [InlineData("<form action=/v1/session><input name=q>x<button>go</button></form>", "xgo")]
    [InlineData("<template><img src=x onerror=alert(1)></template>", "<img>")]
    [InlineData("<iframe srcdoc=\"<script>alert(1)</script>\">x</iframe>y", "y")]
    [InlineData("<o:p>x</o:p>", "x")]
    [InlineData("<!-- <b>x</b> -->y<!--[if mso]>z<![endif]-->", "y")]
    [InlineData("<p tabindex=1 accesskey=x autofocus contenteditable popover ping=http://a/ download draggable>x</p>", "<p>x</p>")]
    [InlineData("a<<svg>script>b", "a&lt;script&gt;b")]
    [InlineData("<html><head><title>t</title></head><body>x</body></html>", "x")]
    public void Only_what_is_allowed_stays(string html, string expected)
    {
        Assert.Equal(expected, Render(html).Html);
    }

    [Theory]
    [InlineData("https://example.com/a?b=c&amp;d=%2F", "https://example.com/a?b=c&amp;d=%2F")]
    [InlineData("HTTP://Example.com/", "http://Example.com/")]
    [InlineData(" https://example.com/ ", "https://example.com/")]
    [InlineData("mailto:a@example.com", "mailto:a@example.com")]
    [InlineData("tel:+4912345", "tel:+4912345")]
    [InlineData("https:\\\\example.com\\a", "https://example.com/a")]
    public void Links_to_other_places_open_outside_and_tell_nothing(string href, string expected)
    {
        Assert.Equal($"<a href=\"{expected}\" target=\"_blank\" rel=\"noopener noreferrer\">x</a>", Render($"<a href=\"{href}\">x</a>").Html);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("java&#9;script:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("&#1;javascript:alert(1)")]
    [InlineData("javascript&colon;alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://a/b")]
    [InlineData("/v1/session")]
    [InlineData("//example.com/")]
    [InlineData("#top")]
    [InlineData("https://")]
    [InlineData("")]
    public void Links_elsewhere_lose_their_target(string href)
    {
        Assert.Equal("<a>x</a>", Render($"<a href=\"{href}\" target=_top>x</a>").Html);
    }

    [Fact]
    public void Remote_images_are_kept_for_later_and_counted()
    {
        var html = Render("<img src=https://example.com/a.png width=10 alt=a srcset='https://example.com/b.png 2x'><img src='//example.com/c.png'>");

        Assert.Equal(
            "<img width=\"10\" alt=\"a\" data-remote-src=\"https://example.com/a.png\"><img data-remote-src=\"https://example.com/c.png\">",
            html.Html);
        Assert.Equal(2, html.BlockedImages);
    }

    [Fact]
    public void Loads_other_than_images_are_counted_and_gone()
    {
        var html = Render(
            "<body background=https://e.com/1><table background=https://e.com/2><tr><td style='background:url(https://e.com/3)'>x</td></tr></table>"
            + "<video poster=https://e.com/4><source src=https://e.com/5></video><style>p{background:url('//e.com/6')}</style>");

        Assert.Equal(6, html.BlockedImages);
        Assert.DoesNotContain("e.com", html.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Inline_parts_are_shown_from_where_they_are_served()
    {
        var html = HtmlRendering.Render("<img src=cid:logo%40x><img src=cid:gone>", id => id == "logo@x" ? "/v1/here" : null);

        Assert.Equal("<img src=\"/v1/here\"><img>", html.Html);
    }

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", true)]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=", false)]
    [InlineData("data:image/png,<svg>", false)]
    [InlineData("data:text/html;base64,PHN2Zz4=", false)]
    [InlineData("/v1/session", false)]
    [InlineData("javascript:alert(1)", false)]
    public void Of_data_images_only_pixels_stay(string src, bool stays)
    {
        Assert.Equal(stays ? $"<img src=\"{src}\">" : "<img>", Render($"<img src=\"{src}\">").Html);
    }

    [Fact]
    public void Names_cannot_take_the_place_of_the_pages_own()
    {
        var html = Render("<style>#body{color:red}</style><div id=body>x</div><a name=cookie>y</a><img name=forms>").Html;

        Assert.Contains("#user-content-body{", html, StringComparison.Ordinal);
        Assert.Contains("<div id=\"user-content-body\">", html, StringComparison.Ordinal);
        Assert.Contains("<a name=\"user-content-cookie\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("forms", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_body_looked_like_moves_to_a_block()
    {
        Assert.Equal(
            "<div class=\"c\" dir=\"rtl\" style=\"background-color: #eee;margin:0;\">x</div>".Replace(": ", ":", StringComparison.Ordinal),
            Render("<body class=c dir=rtl bgcolor=#eee style=\"margin:0;position:fixed\" onload=alert(1)>x").Html);
    }

    [Fact]
    public void Styles_stand_in_front_with_their_media()
    {
        Assert.Equal(
            "<style media=\"print\">p{color:red;}\n</style><p>x</p>",
            Render("<html><head><style media=print>p{color:red}</style></head><body><p>x</p>").Html);
    }

    [Fact]
    public void A_style_for_a_media_that_cannot_be_read_is_for_none()
    {
        Assert.Equal("<p>x</p>", Render("<style media='print<x'>p{color:red}</style><p>x</p>").Html);
    }

    [Fact]
    public void Rendering_again_changes_nothing()
    {
        var once = Render("<body bgcolor=red><style>p>b{margin:0 auto}</style><p title='<b>\"x\"'>a&amp;b &lt; c<table><tr><td>d</table>").Html;

        Assert.Equal(once, Render(once).Html);
    }

    private static SafeHtml Render(string html) => HtmlRendering.Render(html, _ => null);
}
