using AngleSharp.Html.Parser;
using CsCheck;
using Gateway.Rendering.Html;
using Xunit;

namespace Gateway.Tests.Rendering;

/// <summary>Our reading of character references beside that of a parser that is not ours.</summary>
public class HtmlReferencesTests
{
    private static readonly string[] Names = References();

    private static readonly Gen<string> Reference = Gen.Select(
        Gen.OneOf(Gen.OneOfConst(Names), Gen.OneOfConst(Names), Gen.UInt[0, 0x120000].Select(code => $"#{code}"), Gen.UInt[0, 0x120000].Select(code => $"#x{code:x}"), Gen.OneOfConst(".", "#", "#x", "#X", "#99999999999999", "x", "amplifier")),
        Gen.OneOfConst(";", ";", "", "=", "x", "1", " ", "&"),
        (name, after) => $"&{name}{after}");

    private static readonly HtmlParser Parser = new();

    [Fact]
    public void Every_name_of_the_standard_means_in_text_what_it_means_to_a_parser()
    {
        Assert.Equal(2125, Names.Length);
        foreach (var name in Names)
        {
            foreach (var text in new[] { $"a&{name};b", $"a&{name}b", $"a&{name}", $"a&{name}=" }) { AssertText(text); }
        }
    }

    [Fact]
    public void In_a_value_as_well()
    {
        foreach (var name in Names)
        {
            foreach (var value in new[] { $"a&{name};b", $"a&{name}b", $"a&{name}", $"a&{name}=", $"a&{name} " }) { AssertValue(value); }
        }
    }

    [Fact]
    public void Whatever_follows_an_ampersand() => Reference.List[1, 4].Sample(
        references =>
        {
            AssertText("a" + string.Concat(references));
            AssertValue("a" + string.Concat(references));
        },
        iter: 20_000);

    private static void AssertText(string text) =>
        Assert.Equal(Parser.ParseDocument("<body>" + text).Body!.TextContent, HtmlReferences.Decode(text, inAttribute: false));

    private static void AssertValue(string value) =>
        Assert.Equal(Parser.ParseDocument($"<p title=\"{value}\">").QuerySelector("p")!.GetAttribute("title"), HtmlReferences.Decode(value, inAttribute: true));

    private static string[] References()
    {
        using var file = typeof(HtmlReferences).Assembly.GetManifestResourceStream("references.txt")!;
        using var lines = new StreamReader(file);
        return [.. lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0].TrimStart('!'))];
    }
}
