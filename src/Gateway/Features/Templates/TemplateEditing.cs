using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Templates;

/// <summary>What adding, changing and trying a template have in common.</summary>
internal static class TemplateEditing
{
    public const int MaxTemplates = 500;
    private const int MaxName = 200;
    private const int MaxSubject = 4000;
    private const int MaxText = 200_000;
    private const int MaxHtml = 500_000;

    public static Task<TemplateRecord?> FindAsync(GatewayDb db, AccountId account, string id, CancellationToken ct) =>
        Guid.TryParseExact(id, "N", out var number) ? db.Templates.SingleOrDefaultAsync(t => t.Account == account && t.Id == number, ct) : Task.FromResult<TemplateRecord?>(null);

    public static ProblemHttpResult? Fault(TemplateRequest request, Liquid liquid)
    {
        var checks = new Checks();
        checks.Required("/name", request.Name);
        checks.Line("/name", request.Name, MaxName);
        Check(checks, liquid, request.Subject, request.Text, request.Html);
        return checks.Passed ? null : Problems.Invalid(checks.Faults);
    }

    public static void Check(Checks checks, Liquid liquid, string? subject, string? text, string? html)
    {
        if ((subject, text, html) is (null, null, null)) { checks.Fail("", "needs a subject, a text or an html"); }

        Check("/subject", subject, MaxSubject);
        Check("/text", text, MaxText);
        Check("/html", html, MaxHtml);

        void Check(string pointer, string? source, int most)
        {
            if (source is null) { return; }

            if (source.Contains('\0', StringComparison.Ordinal)) { checks.Fail(pointer, "must not hold NUL"); }
            else if (source.Length > most) { checks.Fail(pointer, $"must be at most {most} characters"); }
            else if (liquid.Fault(source) is { } fault) { checks.Fail(pointer, fault); }
        }
    }
}
