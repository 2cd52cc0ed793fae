using System.Text.Json;
using Gateway.Features.Templates;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Templates;

/// <summary>What templates can do, what is told of faulty ones, and that none costs more than its bounds.</summary>
public sealed class LiquidTests
{
    private readonly Liquid _liquid = new(TimeProvider.System);

    [Theory]
    [InlineData("Hello {{ user.name }}", "Hello <b>Ann</b> & Söhne")]
    [InlineData("{{ user['name'] | upcase }}", "<B>ANN</B> & SÖHNE")]
    [InlineData("{% for i in items %}{{ forloop.index }}:{{ i.n }} {% endfor %}", "1:1.5 2:two ")]
    [InlineData("{{ nobody | default: 'friend' }}", "friend")]
    [InlineData("{% if yes %}yes{% else %}no{% endif %}", "yes")]
    [InlineData("{% for i in (1..3) %}{{ i }}{% endfor %}", "123")]
    [InlineData("{{ when | date: '%d.%m.%Y' }}", "01.10.2026")]
    public async Task Placeholders_are_filled_in(string template, string filled) =>
        Assert.Equal(filled, await _liquid.RenderAsync(template, Data, asHtml: false));

    [Fact]
    public async Task Html_is_escaped_unless_asked_for_raw_and_letters_stay()
    {
        Assert.Equal("<p>&lt;b&gt;Ann&lt;/b&gt; &amp; Söhne <b>Ann</b> & Söhne</p>", await _liquid.RenderAsync("<p>{{ user.name }} {{ user.name | raw }}</p>", Data, asHtml: true));
    }

    [Theory]
    [InlineData("Hi\n{{ x | }}", "line 2, column 7: ")]
    [InlineData("{% if a %}", "line 1, column 11: ")]
    [InlineData("Hi\n  {{ x | shout }}", "line 2, column 8: there is no filter 'shout'")]
    [InlineData("{% if true %}{{ x | md5 }}{% endif %}", "line 1, column 19: there is no filter 'md5'")]
    [InlineData("{% include 'x' %}", "line 1, column ")]
    [InlineData("{% for i in (1..1000000000) %}{% endfor %}", "a range goes from one number to another, at most 1000 apart")]
    [InlineData("{% for i in (1..items.size) %}{% endfor %}", "a range goes from one number to another, at most 1000 apart")]
    public void Faults_are_told_with_their_place(string template, string fault) =>
        Assert.StartsWith(fault, _liquid.Fault(template), StringComparison.Ordinal);

    [Theory]
    [InlineData("{% assign a = 'xxxxxxxxxx' %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}", "becomes too large")]
    [InlineData("{% capture a %}xxxxxxxxxx{% endcapture %}{% for i in (1..100) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}", "becomes too large")]
    [InlineData("{% assign a = 'xxxxxxxxxxxxxxxxxxxx' %}{% for i in (1..100) %}{% assign a = a | replace: 'x', a %}{% endfor %}", "becomes too large")]
    [InlineData("{% assign a = 'x,x' | split: ',' %}{% for i in (1..100) %}{% assign a = a | concat: a %}{% endfor %}", "becomes too large")]
    [InlineData("{% for i in (1..1000) %}{% for j in (1..1000) %}{% endfor %}{% endfor %}", "takes more than")]
    [InlineData("{% assign a = 'x' %}{% for i in (1..15) %}{% assign a = a | append: a %}{% endfor %}{% for i in (1..100) %}{{ a }}{% endfor %}", "becomes longer than")]
    public async Task No_template_costs_more_than_its_bounds(string template, string fault)
    {
        Assert.Null(_liquid.Fault(template));

        var told = await Assert.ThrowsAsync<LiquidException>(() => _liquid.RenderAsync(template, Data, asHtml: true));

        Assert.StartsWith(fault, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rendering_ends_when_its_time_is_over()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) };

        var told = await Assert.ThrowsAsync<LiquidException>(() => new Liquid(clock).RenderAsync("{% for i in (1..100) %}{{ i | plus: 1 }}{% endfor %}", Data, asHtml: false));

        Assert.StartsWith("takes longer than", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_the_data_lacks_are_told()
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);

        await _liquid.RenderAsync("{{ user.name }} {{ nobody }} {{ Yes }}", Data, asHtml: false, missing);

        Assert.Equal(["Yes", "nobody"], missing);
    }

    private static Dictionary<string, JsonElement> Data => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
        """{"user":{"name":"<b>Ann</b> & Söhne"},"items":[{"n":1.5},{"n":"two"}],"yes":true,"when":"2026-10-01T12:00:00Z"}""")!;
}
