using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Gateway.Rendering;
using Gateway.Rendering.Css;
using Gateway.TestKit.Hostile;
using MimeKit;
using Xunit;

namespace Gateway.Tests.Rendering;

/// <summary>Every message of the corpus through the whole of rendering, judged on a fresh parse of what came out.</summary>
public class HostileCorpusTests
{
    private const string Listener = "http://listener.invalid";

    private static readonly string[] Tags =
        ("a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir "
        + "div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map mark menu nav ol p pre q "
        + "s samp section small span strike strong style sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr").Split(' ');

    private static readonly string[] Attributes =
        ("abbr align alt axis bgcolor border cellpadding cellspacing char charoff cite class clear color cols colspan coords data-remote-src "
        + "datetime dir face frame headers height href hreflang hspace id lang media name noshade nowrap open rel reversed role rowspan rules "
        + "scope shape size span src start style summary target title type usemap valign value vspace width").Split(' ');

    public static TheoryData<string> Names() => [.. HostileMails.All.Select(mail => mail.Name)];

    [Fact]
    public void The_corpus_covers_every_class()
    {
        string[] classes =
        [
            "attachment", "bomb", "charset", "cid", "clobber", "css", "css-bomb", "focus", "form", "friendly", "handler", "header", "link",
            "mathml", "mime", "mutation", "navigation", "opener", "overlay", "own-api", "remote", "script", "svg", "text", "url",
        ];

        Assert.Equal(classes, HostileMails.All.Select(mail => mail.Class).Distinct().Order(StringComparer.Ordinal));
        Assert.True(HostileMails.All.Count >= 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_message_keeps_anything_that_runs_loads_or_covers(string name)
    {
        var body = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument("<body>" + Render(Mail(name)).Html).Body!;

        foreach (var element in body.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Tags);
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
            AssertHarmless(element);
        }

        Assert.Empty(body.Descendants<IComment>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_came_out_reads_the_same_to_the_next_parser(string name)
    {
        var html = Render(Mail(name)).Html;

        Assert.Equal(html, new HtmlParser().ParseDocument("<body>" + html).Body!.ChildNodes.ToHtml(Ganss.Xss.HtmlFormatter.Instance));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Headers_and_file_names_are_plain_text(string name)
    {
        var mail = Mail(name);
        var header = HeaderReading.Read(mail.Bytes(Listener));

        foreach (var text in header.From.Concat(header.To).Concat(header.ReplyTo).SelectMany(a => new[] { a.Name ?? "", a.Email }).Append(header.Subject))
        {
            Assert.DoesNotContain(text, c => char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'));
        }

        foreach (var part in mail.Parse(Listener).BodyParts)
        {
            var clean = FileNames.Clean(part.ContentDisposition?.FileName ?? part.ContentType.Name);
            Assert.True(clean is null or { Length: > 0 and <= 200 });
            Assert.DoesNotContain(clean ?? "", c => char.IsControl(c) || "/\\<>:\"|?*\u202e".Contains(c));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_message_has_a_text_and_a_preview(string name)
    {
        var text = TextRendering.FromHtml(Decode(Mail(name)));

        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\n' or '\t'));
        Assert.True(TextRendering.Preview(text).Length <= 200);
    }

    [Fact]
    public void Friendly_messages_keep_what_they_came_with()
    {
        foreach (var mail in HostileMails.All.Where(mail => mail.IsFriendly))
        {
            var rendered = Render(mail);
            var body = new HtmlParser().ParseDocument("<body>" + rendered.Html).Body!;

            Assert.NotEmpty(mail.Keeps);
            Assert.Empty(rendered.Defects);
            foreach (var keep in mail.Keeps.Select(line => line.Split(' ', 2)))
            {
                var kept = keep[0] switch
                {
                    "text" => body.TextContent.Contains(keep[1], StringComparison.Ordinal),
                    "selector" => body.QuerySelector(keep[1]) is not null,
                    "style" => body.QuerySelectorAll("style").Any(style => style.TextContent.Contains(keep[1], StringComparison.Ordinal)),
                    _ => TextRendering.FromText(Decode(mail)).Text.Contains(keep[1], StringComparison.Ordinal),
                };
                Assert.True(kept, $"{mail.Name} lost {string.Join(' ', keep)}: {rendered.Html}");
            }
        }
    }

    [Theory]
    [InlineData("bomb-deep-div", DefectCodes.HtmlTooComplex)]
    [InlineData("bomb-misnested", DefectCodes.HtmlTooComplex)]
    public void Bombs_are_shown_as_text(string name, string code)
    {
        Assert.Contains(Render(Mail(name)).Defects, defect => defect.Code == code);
    }

    private static void AssertHarmless(IElement element)
    {
        if (element.GetAttribute("href") is { } href) { Assert.Matches("^(https?://|mailto:|tel:)", href); }
        if (element.GetAttribute("src") is { } src) { Assert.Matches("^(data:image/(gif|png|jpeg|webp);base64,|/cid/)", src); }
        if (element.GetAttribute("data-remote-src") is { } remote) { Assert.Matches("^https?://", remote); }
        if (element.GetAttribute("target") is { } target) { Assert.Equal(("_blank", "noopener noreferrer"), (target, element.GetAttribute("rel"))); }
        foreach (var name in new[] { "id", "name" })
        {
            if (element.GetAttribute(name) is { } value) { Assert.StartsWith("user-content-", value, StringComparison.Ordinal); }
        }

        if (element.GetAttribute("style") is { } style) { AssertHarmlessStyle(style); }
        if (element.LocalName == "style") { AssertHarmlessStyle(element.TextContent); }
    }

    private static void AssertHarmlessStyle(string css)
    {
        Assert.DoesNotContain('<', css);
        foreach (var token in CssTokens.Read(css))
        {
            Assert.NotEqual(CssTokenKind.Broken, token.Kind);
            if (token.Kind == CssTokenKind.AtWord) { Assert.Contains(token.Value, (string[])["media", "supports"]); }
            if (token.Kind == CssTokenKind.Word) { Assert.DoesNotContain(token.Value, (string[])["fixed", "sticky", "absolute", "z-index", "behavior"]); }
            if (token.Kind == CssTokenKind.Function) { Assert.DoesNotContain(token.Value, (string[])["expression", "var", "has", "image-set", "src", "attr"]); }
        }

        // A second reader of styles, that of no one's tokens: the plain text.
        foreach (var address in css.Split("url(").Skip(1)) { Assert.StartsWith("\"data:image/", address, StringComparison.Ordinal); }
        Assert.DoesNotContain("listener", css, StringComparison.Ordinal);
    }

    private static HostileMail Mail(string name) => HostileMails.All.Single(mail => mail.Name == name);

    private static SafeHtml Render(HostileMail mail)
    {
        var cids = mail.Parse(Listener).BodyParts.OfType<MimePart>()
            .Where(part => part.ContentId is not null && RasterImages.IsType(part.ContentType.MimeType)).Select(part => part.ContentId).ToHashSet();
        return HtmlRendering.Render(Decode(mail), id => cids.Contains(id) ? "/cid/" + id : null);
    }

    private static string Decode(HostileMail mail) =>
        mail.Body(Listener) is { } body ? CharsetDecoding.Decode(body.Bytes, body.Charset).Text : "";
}
