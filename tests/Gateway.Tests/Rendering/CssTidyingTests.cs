using Gateway.Rendering.Css;
using Xunit;

namespace Gateway.Tests.Rendering;

public class CssTidyingTests
{
    [Theory]
    [InlineData("color:red", "color:red;")]
    [InlineData("COLOR : Red !important;;", "color:Red !important;")]
    [InlineData("margin:0 auto;padding:1.5em -2px", "margin:0 auto;padding:1.5em -2px;")]
    [InlineData("font:bold 12px/1.5 'Segoe UI',sans-serif", "font:bold 12px/1.5 \"Segoe UI\",sans-serif;")]
    [InlineData("background:linear-gradient(to right, rgba(0,0,0,.5) 10%, #fff)", "background:linear-gradient(to right, rgba(0,0,0,.5) 10%, #fff);")]
    [InlineData("width:calc(100% - 2 * (1px + 2px))", "width:calc(100% - 2 * (1px + 2px));")]
    [InlineData("background-image:url(data:image/gif;base64,R0lG)", "background-image:url(\"data:image/gif;base64,R0lG\");")]
    [InlineData("position:relative", "position:relative;")]
    [InlineData("mso-line-height-rule:exactly;line-height:1", "line-height:1;")]
    public void Harmless_declarations_stay(string css, string expected)
    {
        Assert.Equal(expected, new CssTidying().Inline(css));
    }

    [Theory]
    [InlineData("position:fixed")]
    [InlineData("position:fixed !important")]
    [InlineData("position:/**/sti\\63 ky")]
    [InlineData("position:absolute")]
    [InlineData("z-index:99999")]
    [InlineData("inset:0")]
    [InlineData("background:url(http://a/b)")]
    [InlineData("background:u\\72l(http://a/b)")]
    [InlineData("background:url( 'http://a/b' )")]
    [InlineData("background:url(/v1/session)")]
    [InlineData("background:url/**/(http://a/b)")]
    [InlineData("background:src('http://a/b')")]
    [InlineData("background:image-set('http://a/b' 1x)")]
    [InlineData("background:-webkit-image-set(url(http://a/b) 1x)")]
    [InlineData("background:cross-fade(url(http://a/b),red)")]
    [InlineData("background:element(#x)")]
    [InlineData("background:var(--x)")]
    [InlineData("--x:url(http://a/b)")]
    [InlineData("background:url(data:image/svg+xml;base64,PHN2Zz4=)")]
    [InlineData("background:url(data:text/html,x)")]
    [InlineData("background:url(http://a/b")]
    [InlineData("background:url('http://a/b\n')")]
    [InlineData("width:expression(alert(1))")]
    [InlineData("width:exp/**/ression(alert(1))")]
    [InlineData("behavior:url(x.htc)")]
    [InlineData("-moz-binding:url(x)")]
    [InlineData("filter:url(http://a/b)")]
    [InlineData("mask:url(#x)")]
    [InlineData("cursor:url(http://a/b),auto")]
    [InlineData("list-style:url(http://a/b)")]
    [InlineData("border-image:url(http://a/b) 1")]
    [InlineData("content:url(http://a/b)")]
    [InlineData("backdrop-filter:blur(9px)")]
    [InlineData("width:attr(data-x px)")]
    [InlineData("width:rgb(1")]
    [InlineData("color:red}p{color:red")]
    public void Harmful_declarations_go(string css)
    {
        Assert.Equal("", new CssTidying().Inline(css));
    }

    [Theory]
    [InlineData("p , .a > b:hover{color:red}", "p , .a > b:hover{color:red;}\n")]
    [InlineData("#a{color:red}", "#user-content-a{color:red;}\n")]
    [InlineData("a[href^=\"http\"]{color:red}", "a[href^=\"http\"]{color:red;}\n")]
    [InlineData("li:nth-child(2n+1)::before{content:\"x\"}", "li:nth-child(2n+1)::before{content:\"x\";}\n")]
    [InlineData("@media only screen and (max-width:600px){.a{width:100%!important}}", "@media only screen and (max-width:600px){.a{width:100%!important;}\n}\n")]
    [InlineData("<!-- p{color:red} -->", "p{color:red;}\n")]
    [InlineData("p{color:red;background:url(http://a/b)}", "p{color:red;}\n")]
    public void Harmless_rules_stay(string css, string expected)
    {
        Assert.Equal(expected, new CssTidying().Sheet(css));
    }

    [Theory]
    [InlineData("@import 'http://a/b';")]
    [InlineData("@import url(http://a/b);")]
    [InlineData("@im\\70ort url(http://a/b);")]
    [InlineData("@font-face{font-family:x;src:url(http://a/b)}")]
    [InlineData("@property --x{syntax:'*';inherits:false}")]
    [InlineData("@namespace url(http://a/b);")]
    [InlineData("@keyframes x{from{color:red}}")]
    [InlineData("@supports selector(:has(a)){p{color:red}}")]
    [InlineData("div:has(p){color:red}")]
    [InlineData("div:h\\61s(p){color:red}")]
    [InlineData("div:is(:has(p)){color:red}")]
    [InlineData("a~b~c~d{color:red}")]
    [InlineData("p{position:fixed}")]
    [InlineData("p{x:y;{color:red}")]
    [InlineData("p(a{color:red}")]
    [InlineData("</style>{color:red}")]
    public void Harmful_rules_go(string css)
    {
        Assert.Equal("", new CssTidying().Sheet(css));
    }

    [Theory]
    [InlineData("p{content:\"</style><img src=x onerror=alert(1)>\"}")]
    [InlineData("p{font-family:'\\3c/style>'}")]
    [InlineData(".\\3c\\2fstyle\\3e{color:red}")]
    [InlineData("a[title=\"</style>\"]{color:red}")]
    public void No_style_can_end_its_element(string css)
    {
        var tidy = new CssTidying().Sheet(css);

        Assert.NotEqual("", tidy);
        Assert.DoesNotContain('<', tidy);
    }

    [Fact]
    public void What_was_tidied_reads_the_same_again()
    {
        const string Css = "@media (min-width:1e3px){a\\:b>c{margin:-.5em 1\\65 m;font-family:'a\"b\\a c'}}";

        var once = new CssTidying().Sheet(Css);

        Assert.Equal(once, new CssTidying().Sheet(once));
    }

    [Fact]
    public void Remote_addresses_are_counted_wherever_they_stand()
    {
        var css = new CssTidying();

        css.Sheet("@import 'http://a/1';@font-face{src:url(http://a/2)}p{background:url(//a/3);mask:url(https://a/4)}");
        css.Inline("cursor:url(http://a/5)");

        Assert.Equal(5, css.RemoteLoads);
    }
}
