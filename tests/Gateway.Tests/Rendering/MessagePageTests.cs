using Gateway.Rendering;
using Xunit;

namespace Gateway.Tests.Rendering;

public sealed class MessagePageTests
{
    private const string Hostile = "</title></header><script>alert(1)</script>\u202E\r\n<img src=x onerror=alert(1)>";

    [Fact]
    public void Subject_and_header_lines_are_text_whatever_they_hold()
    {
        var page = MessagePage.Of(Hostile, [("From", Hostile)], "<p>Safe</p>", null);

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("<p>Safe</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_without_html_is_its_text_encoded()
    {
        var page = MessagePage.Of("Plain", [], null, "a < b & <script>alert(1)</script>");

        Assert.Contains("<pre>a &lt; b &amp; &lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<header>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_runs_and_loads_nothing()
    {
        Assert.Contains("default-src 'none'", MessagePage.Policy, StringComparison.Ordinal);
        Assert.EndsWith("; sandbox", MessagePage.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'self' ", MessagePage.Policy, StringComparison.Ordinal);
    }
}
