using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Templates;

/// <summary>Makes the texts of a mail from a template and its data.</summary>
internal sealed partial class TemplateFilling(IDbContextFactory<GatewayDb> store, Liquid liquid)
{
    /// <summary>The request with the texts its template makes; null, with a fault told, when they cannot be made.</summary>
    public async Task<SubmissionRequest?> FillAsync(AccountId account, SubmissionRequest request, TemplateUse use, Checks checks, CancellationToken ct)
    {
        if ((request.Subject, request.Text, request.Html) is not (null, null, null)) { checks.Fail("/template", "makes subject, text and html: it cannot go with them"); }

        await using var db = await store.CreateDbContextAsync(ct);
        if (await TemplateEditing.FindAsync(db, account, use.Id, ct) is not { } template) { checks.Fail("/template/id", "names no template of this account"); }
        else if (checks.Passed && await FillAsync(template.Subject, template.Text, template.Html, use.Data, checks, "/template/data", null) is { } filled)
        {
            return request with { Template = null, Subject = filled.Subject, Text = filled.Text, Html = filled.Html };
        }

        return null;
    }

    /// <param name="pointer">What a text that cannot be made is told as a fault of; followed by its own name when null.</param>
    /// <param name="missing">Gets the names that the texts ask for and the data lacks.</param>
    public async Task<FilledTemplate?> FillAsync(
        string? subject, string? text, string? html, IReadOnlyDictionary<string, JsonElement>? data, Checks checks, string? pointer, ISet<string>? missing)
    {
        var line = await RenderAsync("subject", subject, asHtml: false);
        var filled = new FilledTemplate(
            line is null ? null : Spaces().Replace(line, " ").Trim(), await RenderAsync("text", text, asHtml: false), await RenderAsync("html", html, asHtml: true), [.. missing ?? new HashSet<string>()]);
        return checks.Passed ? filled : null;

        async Task<string?> RenderAsync(string name, string? source, bool asHtml)
        {
            if (source is null) { return null; }

            try { return await liquid.RenderAsync(source, data, asHtml, missing); }
            catch (LiquidException fault)
            {
                checks.Fail(pointer ?? "/" + name, pointer is null ? fault.Message : $"{name}: {fault.Message}");
                return null;
            }
        }
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}

/// <summary>A template to make the texts of a mail from.</summary>
/// <param name="Id">The template.</param>
/// <param name="Data">What its placeholders stand for, by name.</param>
public sealed record TemplateUse(string Id, IReadOnlyDictionary<string, JsonElement>? Data = null);

/// <summary>What a template makes of its data.</summary>
/// <param name="Subject">The subject, on one line.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML text, as it would be sent: not made safe to show.</param>
/// <param name="Missing">Names that the template asks for and the data lacks; nothing stands in their place.</param>
public sealed record FilledTemplate(string? Subject, string? Text, string? Html, IReadOnlyList<string> Missing);
