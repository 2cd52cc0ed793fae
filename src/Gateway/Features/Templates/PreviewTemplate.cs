using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Templates;

/// <summary>Texts to try, saved as a template or not.</summary>
/// <param name="Subject">The subject's template.</param>
/// <param name="Text">The plain text's template.</param>
/// <param name="Html">The HTML text's template.</param>
/// <param name="Data">What the placeholders stand for, by name.</param>
public sealed record TemplatePreviewRequest(string? Subject = null, string? Text = null, string? Html = null, IReadOnlyDictionary<string, JsonElement>? Data = null);

internal static class PreviewTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapPost("preview", HandleAsync)
        .WithName("PreviewTemplate").WithSummary("See what template texts make of data, without saving or sending anything").WithProblems(413, 422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Ok<FilledTemplate>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, TemplatePreviewRequest request, GatewayDb db, Liquid liquid, TemplateFilling filling, CancellationToken ct)
    {
        if (!await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }

        var checks = new Checks();
        TemplateEditing.Check(checks, liquid, request.Subject, request.Text, request.Html);
        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        var filled = await filling.FillAsync(request.Subject, request.Text, request.Html, request.Data, checks, null, new SortedSet<string>(StringComparer.Ordinal));
        return filled is null ? Problems.Invalid(checks.Faults) : TypedResults.Ok(filled);
    }
}
