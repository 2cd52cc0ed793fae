using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Templates;

internal static class DeleteTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapDelete("{templateId}", HandleAsync)
        .WithName("DeleteTemplate").WithSummary("Delete a template; mails made of it stay").RequireScope(Scopes.MailSend);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(AccountId accountId, string templateId, GatewayDb db, CancellationToken ct) =>
        Guid.TryParseExact(templateId, "N", out var id) && await db.Templates.Where(t => t.Account == accountId && t.Id == id).ExecuteDeleteAsync(ct) > 0
            ? TypedResults.NoContent()
            : Problems.TemplateNotFound;
}
