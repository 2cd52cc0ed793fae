using System.Globalization;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Ganss.Xss;
using Gateway.Rendering;
using Gateway.Rendering.Html;
using Xunit;

namespace Gateway.Tests.Rendering;

/// <summary>
/// What is written, judged by a parser that is not ours, on markup of all kinds. A failure prints its seed;
/// <c>SOUPS=1000000</c> in the environment tries more.
/// </summary>
public class SafeMarkupTests
{
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("SOUPS") ?? "5000", CultureInfo.InvariantCulture);

    private static readonly HashSet<string> Tags = [.. HtmlRules.Tags.Split(' '), "style"];

    private static readonly HashSet<string> Attributes =
    [
        .. ("abbr align alt axis bgcolor border cellpadding cellspacing char charoff cite class clear color cols colspan coords data-remote-src "
        + "datetime dir face frame headers height href hreflang hspace id lang media name noshade nowrap open rel reversed role rowspan rules "
        + "scope shape size span src start style summary target title type usemap valign value vspace width").Split(' '),
    ];

    public static TheoryData<string, bool> Modes() => new() { { "", false }, { "", true }, { "<!doctype html>", true } };

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_parser_reads_the_very_tree_that_was_written(string doctype, bool isScripting)
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsScripting = isScripting });
        Soup.Any.Sample(
            soup =>
            {
                var html = Render(soup);
                var body = parser.ParseDocument($"{doctype}<body><div id=wall>{html}</div><i id=after></i>").Body!;
                var wall = body.FirstElementChild!;

                Assert.Equal(["wall", "after"], body.ChildNodes.Select(node => (node as IElement)?.Id));
                Assert.Equal(html, wall.ChildNodes.ToHtml(HtmlFormatter.Instance));
                Assert.Empty(wall.Descendants<IComment>());
                Assert.All(wall.QuerySelectorAll("*"), AssertAllowed);
                Assert.True(Depth(wall) <= RenderingLimits.HtmlDepth + 2, "deeper than the limit");
            },
            iter: Times);
    }

    [Fact]
    public void Rendering_again_changes_nothing() =>
        Soup.Any.Sample(
            soup =>
            {
                // An image elsewhere becomes one that was taken out, and a name gets its prefix each time.
                var once = Render(soup.Replace("e.example", "", StringComparison.Ordinal).Replace("usemap", "x", StringComparison.Ordinal));

                Assert.Equal(once, Render(once));
            },
            iter: Times);

    [Fact]
    public void What_is_well_formed_comes_out_as_a_parser_reads_it() =>
        Soup.WellFormed.Sample(
            html => Assert.Equal(new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!.ChildNodes.ToHtml(HtmlFormatter.Instance), Render(html)),
            iter: Times);

    [Fact]
    public void Formatting_that_overlaps_blocks_reaches_as_far_as_in_a_parser() =>
        Soup.Overlapping.Sample(
            soup => Assert.Equal(Formats(new HtmlParser().ParseDocument("<!doctype html><body>" + soup)), Formats(new HtmlParser().ParseDocument("<!doctype html><body>" + Render(soup)))),
            iter: Times);

    private static void AssertAllowed(IElement element)
    {
        Assert.Contains(element.LocalName, Tags);
        Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
        Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
        Assert.Matches("^(https?://|mailto:|tel:|$)", element.GetAttribute("href") ?? "");
        Assert.Matches("^(data:image/png;base64,|$)", element.GetAttribute("src") ?? "");
        Assert.DoesNotContain("url(", element.GetAttribute("style") ?? "", StringComparison.Ordinal);
    }

    /// <summary>Which formatting each letter of the text has.</summary>
    private static IEnumerable<string> Formats(IDocument document) =>
        from text in document.Body!.Descendants<IText>()
        let formats = string.Concat(text.Ancestors<IElement>().Select(e => e.LocalName).Where(name => name is "a" or "b" or "i").Distinct().Order(StringComparer.Ordinal))
        from letter in text.Data
        orderby letter
        select $"{letter}:{formats}";

    private static int Depth(IElement element) => 1 + element.Children.Select(Depth).DefaultIfEmpty(0).Max();

    private static string Render(string html) => HtmlRendering.Render(html, _ => null).Html;
}
