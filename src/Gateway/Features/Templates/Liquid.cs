using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;

namespace Gateway.Features.Templates;

/// <summary>Liquid as templates may use it: without files and functions, and bounded in what one rendering costs, whatever the template says.</summary>
internal sealed partial class Liquid
{
    private const int MaxSteps = 20_000;

    /// <summary>No Liquid of the field's, and made to write as many digits as they are asked for, or to reveal what they hash.</summary>
    private static readonly string[] Withheld =
        ["format_string", "format_number", "format_date", "md5", "sha1", "sha256", "hmac_sha1", "hmac_sha256"];

    /// <summary>Letters of every script stay readable; what HTML gives a meaning is escaped.</summary>
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly FluidParser _parser = new(new() { AllowFunctions = false });
    private readonly TemplateOptions _options;
    private readonly TimeProvider _clock;

    public Liquid(TimeProvider clock)
    {
        _clock = clock;
        _options = new()
        {
            MaxSteps = MaxSteps, StrictFilters = true, Now = clock.GetUtcNow, TimeZone = TimeZoneInfo.Utc, CultureInfo = CultureInfo.InvariantCulture,
            Captured = (_, value, _) => new(LiquidBounds.Checked(value)), Assigned = (_, value, _) => new(LiquidBounds.Checked(value)),
        };
        foreach (var name in Withheld) { _options.Filters.Remove(name); }

        foreach (var (name, filter) in _options.Filters.ToList()) { _options.Filters.AddFilter(name, LiquidBounds.Bounded(name, filter)); }

        foreach (var tag in new[] { "include", "render" }) { _parser.RegisteredTags.Remove(tag); }
    }

    /// <summary>What is wrong with a template, with line and column where that is known; null when nothing is.</summary>
    public string? Fault(string source)
    {
        if (!TryParse(source, out var parsed, out var fault)) { return fault; }

        var check = new LiquidCheck(_options);
        check.VisitTemplate(parsed);
        return check.UnknownFilter is { } filter ? $"{PlaceOf(source, filter)}there is no filter '{filter}'" : check.Fault;
    }

    /// <summary>Fills a template in.</summary>
    /// <param name="missing">Gets the names that the template asks for and the data lacks.</param>
    /// <exception cref="LiquidException">The template is faulty, or asks for too much.</exception>
    public async Task<string> RenderAsync(string source, IReadOnlyDictionary<string, JsonElement>? data, bool asHtml, ISet<string>? missing = null)
    {
        if (!TryParse(source, out var parsed, out var fault)) { throw new LiquidException(fault); }

        var context = new TemplateContext(_options, StringComparer.Ordinal);
        foreach (var (name, value) in data ?? new Dictionary<string, JsonElement>()) { context.SetValue(name, FluidValue.Create(JsonSerializer.SerializeToNode(value), _options)); }

        context.Undefined = name =>
        {
            missing?.Add(name);
            return new(NilValue.Instance);
        };
        await using var text = new BoundedText(LiquidBounds.MaxText, new(_clock));
        context.AmbientValues[LiquidBounds.Deadline] = text.Deadline;
        try { await parsed.RenderAsync(text, asHtml ? Html : NullEncoder.Default, context); }
        catch (LiquidException) { throw; }
        catch (InvalidOperationException) { throw new LiquidException($"takes more than {MaxSteps} steps"); }
        catch (Exception error) when (error is FluidException or ArithmeticException or ArgumentException or FormatException) { throw new LiquidException(error.Message); }

        return text.ToString();
    }

    private bool TryParse(string source, [NotNullWhen(true)] out IFluidTemplate? parsed, [NotNullWhen(false)] out string? fault)
    {
        var good = _parser.TryParse(source, out parsed, out var error);
        fault = good ? null : Placed(error);
        return good;
    }

    /// <summary>The library's own words, the place first and without the source.</summary>
    private static string Placed(string error)
    {
        var place = Place().Match(error);
        return place.Success ? $"line {place.Groups[1]}, column {place.Groups[2]}: {error[..place.Index].Trim()}" : error.Split('\n')[0];
    }

    private static string PlaceOf(string source, string filter)
    {
        var use = new Regex($@"\|\s*{Regex.Escape(filter)}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking).Match(source);
        if (!use.Success) { return ""; }

        var before = source[..use.Index];
        return $"line {before.Count(c => c == '\n') + 1}, column {use.Index - before.LastIndexOf('\n')}: ";
    }

    [GeneratedRegex(@" at \((\d+):(\d+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
