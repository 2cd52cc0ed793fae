using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Gateway.Rendering.Html;
using Xunit;

namespace Gateway.Tests.Rendering;

/// <summary>The depth is foreseen by rules of our own. If they ever said less than the parser builds, they would guard nothing.</summary>
public class HtmlNestingTests
{
    private const int Slack = 8; // table parts that were left out, counted by the table and not by the level

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_depth_foreseen_is_never_less_than_the_depth_built(int seed)
    {
        var random = new Random(seed);
        var names = HtmlRules.Tags.Append("body").Order(StringComparer.Ordinal).ToArray();
        for (var round = 0; round < 500; round++)
        {
            var soup = Soup(random, names);
            if (HtmlIntake.Read(soup, out _) is not { } markup) { continue; }

            var foreseen = Foresee(markup);
            var built = Depth(new HtmlParser().ParseDocument(markup).Body!);

            Assert.True(built <= foreseen + Slack, $"{built} levels, {foreseen} foreseen: {soup}");
        }
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

    private static int Foresee(string markup)
    {
        var deepest = 0;
        var nesting = new HtmlNesting();
        var tokens = new HtmlTokens(markup);
        while (tokens.Next())
        {
            switch (tokens.Kind)
            {
                case HtmlTokenKind.StartTag: nesting.Start(tokens.Name, $"{tokens.Name}{tokens.Content}"); break;
                case HtmlTokenKind.EndTag: nesting.End(tokens.Name); break;
                default: nesting.Text(); break;
            }

            deepest = Math.Max(deepest, nesting.Depth);
        }

        return deepest;
    }

    private static int Depth(IElement element) => 1 + element.Children.Select(Depth).DefaultIfEmpty(0).Max();
}
