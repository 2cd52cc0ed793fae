using Gateway.Rendering;
using Xunit;

namespace Gateway.Tests.Rendering;

/// <summary>Each limit at the limit and past it. None measures time: what is refused was never begun.</summary>
public class HtmlLimitsTests
{
    [Fact]
    public void Depth_256_is_shown_and_257_falls_back_to_text()
    {
        Assert.DoesNotContain(DefectCodes.HtmlTooComplex, Codes(Nested(256)));
        Assert.Contains(DefectCodes.HtmlTooComplex, Codes(Nested(257)));
        Assert.Contains("deep inside", Render(Nested(257)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_of_512_KB_is_whole_and_one_character_more_is_cut()
    {
        var whole = "<p>" + new string('x', 512 * 1024 - 3);

        Assert.Empty(Codes(whole));
        Assert.Equal([DefectCodes.HtmlTruncated], Codes(whole + "y"));
        Assert.DoesNotContain('y', Render(whole + "y").Html);
    }

    [Fact]
    public void A_tag_cut_in_two_vanishes()
    {
        var html = new string('x', 512 * 1024 - 6) + "<img src=x onerror=alert(1)>";

        Assert.DoesNotContain("<img", Render(html).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_thousand_rules_stay_and_one_more_drops_the_sheet()
    {
        static string Sheet(int rules) => $"<style>{Repeat("p{color:red}", rules)}</style><p>text";

        Assert.Contains("color:red", Render(Sheet(2000)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("color:red", Render(Sheet(2001)).Html, StringComparison.Ordinal);
        Assert.Equal([DefectCodes.StyleDropped], Codes(Sheet(2001)));
    }

    [Fact]
    public void Rules_inside_conditions_count_and_so_do_the_sheets_together()
    {
        var sheet = $"<style>@media screen{{{Repeat("p{color:red}", 1500)}}}</style>";

        Assert.Equal([DefectCodes.StyleDropped], Codes(sheet + sheet));
    }

    [Fact]
    public void A_sheet_over_200_KB_is_dropped()
    {
        static string Sheet(int length) => $"<style>p{{color:red}}{new string(' ', length - 12)}</style>";

        Assert.Contains("color:red", Render(Sheet(200 * 1024)).Html, StringComparison.Ordinal);
        Assert.Equal([DefectCodes.StyleDropped], Codes(Sheet(200 * 1024 + 1)));
    }

    [Theory]
    [InlineData("<b>", "<p></i>", 50_000)]
    [InlineData("<i><p>", "</i>", 30_000)]
    [InlineData("<div><table><tr><td></div>", "", 18_000)]
    [InlineData("<p><font size=1><a href=x>", "", 18_000)]
    [InlineData("<span><div></span>", "", 25_000)]
    [InlineData("<tr><div></tr>", "", 30_000)]
    [InlineData("<math><mi><table>", "", 25_000)]
    [InlineData("<ul><li><ul></li>", "", 25_000)]
    [InlineData("<!--><div>", "", 50_000)]
    [InlineData("<button><div></button><object>", "", 15_000)]
    public void Misnested_tags_by_the_ten_thousand_fall_back_to_text(string first, string second, int times)
    {
        Assert.Contains(DefectCodes.HtmlTooComplex, Codes(Repeat(first + second, times)));
    }

    [Fact]
    public void Formatting_that_comes_back_in_every_block_is_counted_each_time()
    {
        var formats = string.Concat(Enumerable.Range(0, 60).Select(size => $"<font size={size}>"));

        Assert.DoesNotContain(DefectCodes.HtmlTooComplex, Codes($"<p>{formats}{Repeat("<p>x", 100)}"));
        Assert.Contains(DefectCodes.HtmlTooComplex, Codes($"<p>{formats}{Repeat("<p>x", 1000)}"));
    }

    [Fact]
    public void A_short_message_cannot_become_a_long_one()
    {
        var formats = string.Concat(Enumerable.Range(0, 60).Select(n => $"<font face={n}{new string('x', 2000)}>"));

        Assert.Contains(DefectCodes.HtmlTooComplex, Codes($"<p>{formats}{Repeat("<p>x", 200)}"));
    }

    [Fact]
    public void Cells_and_items_without_end_tags_are_not_nesting()
    {
        var html = $"<table>{Repeat("<tr><td>a<td>b", 2000)}</table><ul>{Repeat("<li>c", 2000)}</ul>{Repeat("<p>d", 2000)}";

        Assert.Empty(Codes(html));
    }

    [Fact]
    public void Formatting_never_closed_in_cells_ends_with_its_cell()
    {
        Assert.Empty(Codes($"<table>{Repeat("<tr><td><font size=2><b>x</td></tr>", 1000)}</table>"));
    }

    [Fact]
    public void Attributes_past_the_sixty_fourth_are_not_read()
    {
        var many = string.Join(' ', Enumerable.Range(0, 64).Select(n => $"a{n}"));

        Assert.DoesNotContain("title", Render($"<p {many} title=t>x").Html, StringComparison.Ordinal);
    }

    private static string Nested(int depth) => $"{Repeat("<div>", depth)}deep inside{Repeat("</div>", depth)}";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static SafeHtml Render(string html) => HtmlRendering.Render(html, _ => null);

    private static string[] Codes(string html) => [.. Render(html).Defects.Select(defect => defect.Code)];
}
