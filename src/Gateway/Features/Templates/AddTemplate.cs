using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Templates;

internal static class AddTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapPost("", HandleAsync)
        .WithName("AddTemplate").WithSummary("Add a template, written in Liquid").WithProblems(413, 422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Created<Template>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, TemplateRequest request, GatewayDb db, Liquid liquid, TimeProvider clock, CancellationToken ct)
    {
        if (!await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }

        if (TemplateEditing.Fault(request, liquid) is { } fault) { return fault; }

        if (await db.Templates.CountAsync(t => t.Account == accountId, ct) >= TemplateEditing.MaxTemplates) { return Problems.Invalid([new("", null, $"at most {TemplateEditing.MaxTemplates} templates")]); }

        var now = clock.GetUtcNow();
        var record = new TemplateRecord { Id = Guid.NewGuid(), Account = accountId, Name = request.Name, CreatedAt = now };
        request.Apply(record, now);
        db.Templates.Add(record);
        await db.SaveChangesAsync(ct);
        var added = Template.From(record);
        return TypedResults.Created($"/v1/accounts/{accountId}/templates/{added.Id}", added);
    }
}
