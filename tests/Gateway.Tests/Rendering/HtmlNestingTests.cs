using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Gateway.Rendering;
using Gateway.Rendering.Html;
using Xunit;

namespace Gateway.Tests.Rendering;

/// <summary>What is written says by itself how deep the tree will be: if a parser ever built a deeper one, the limit would guard nothing.</summary>
public class HtmlNestingTests
{
    private const int Around = 2; // the body, and the block that stands for the message's own

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_parser_builds_a_deeper_tree_than_the_limit(int seed)
    {
        var random = new Random(seed);
        var names = HtmlRules.Tags.Split(' ').Append("body").Order(StringComparer.Ordinal).ToArray();
        var deepest = 0;
        for (var round = 0; round < 500; round++)
        {
            var rendered = HtmlRendering.Render(Soup(random, names), _ => null);
            if (rendered.Defects.Count > 0) { continue; } // the limits held, and this is text

            var built = Depth(new HtmlParser().ParseDocument("<body>" + rendered.Html).Body!);

            Assert.True(built <= RenderingLimits.HtmlDepth + Around, $"{built} levels: {rendered.Html}");
            deepest = Math.Max(deepest, built);
        }

        Assert.True(deepest > RenderingLimits.HtmlDepth / 2, $"the deepest had {deepest} levels, which proves nothing");
    }

    /// <summary>A few tags in bad order, many times over, so that whatever stays open adds up.</summary>
    private static string Soup(Random random, string[] names)
    {
        var unit = new StringBuilder();
        for (var i = random.Next(3, 9); i > 0; i--)
        {
            var name = names[random.Next(names.Length)];
            unit.Append(random.Next(3) > 0 ? $"<{name} title={random.Next(3)}>" : $"</{name}>").Append(random.Next(4) == 0 ? "t" : "");
        }

        return string.Concat(Enumerable.Repeat(unit.ToString(), random.Next(20, 60)));
    }

    private static int Depth(IElement element) => 1 + element.Children.Select(Depth).DefaultIfEmpty(0).Max();
}
