using Gateway.Storage;

namespace Gateway.Features.Templates;

/// <summary>A mail to be filled in: its texts are Liquid.</summary>
/// <param name="Id">Template id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Subject">The subject's template; white space in what it makes becomes one space.</param>
/// <param name="Text">The plain text's template.</param>
/// <param name="Html">The HTML text's template: what is filled in is escaped, unless through the filter <c>raw</c>.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record Template(string Id, string Name, string? Subject, string? Text, string? Html, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static Template From(TemplateRecord record) => new(
        record.Id.ToString("N"), record.Name, record.Subject, record.Text, record.Html, record.CreatedAt, record.UpdatedAt);
}

/// <summary>A template to add, or what one becomes.</summary>
/// <param name="Name">What it is called; at most 200 characters.</param>
/// <param name="Subject">Liquid, at most 4,000 characters.</param>
/// <param name="Text">Liquid, at most 200,000 characters.</param>
/// <param name="Html">Liquid, at most 500,000 characters: what is filled in is escaped, unless through the filter <c>raw</c>.</param>
public sealed record TemplateRequest(string Name, string? Subject = null, string? Text = null, string? Html = null)
{
    internal void Apply(TemplateRecord record, DateTimeOffset now) =>
        (record.Name, record.Subject, record.Text, record.Html, record.UpdatedAt) = (Name, Subject, Text, Html, now);
}
