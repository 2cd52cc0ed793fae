using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Templates;

internal static class UpdateTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapPut("{templateId}", HandleAsync)
        .WithName("UpdateTemplate").WithSummary("Replace all of a template; mails made of it before stay as they are").WithProblems(413, 422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Ok<Template>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string templateId, TemplateRequest request, GatewayDb db, Liquid liquid, TimeProvider clock, CancellationToken ct)
    {
        if (TemplateEditing.Fault(request, liquid) is { } fault) { return fault; }

        if (await TemplateEditing.FindAsync(db, accountId, templateId, ct) is not { } record) { return Problems.TemplateNotFound; }

        request.Apply(record, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Template.From(record));
    }
}
