using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Templates;

internal static class GetTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapGet("{templateId}", HandleAsync)
        .WithName("GetTemplate").WithSummary("Get a template").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Template>, ProblemHttpResult>> HandleAsync(AccountId accountId, string templateId, GatewayDb db, CancellationToken ct) =>
        await TemplateEditing.FindAsync(db, accountId, templateId, ct) is { } found ? TypedResults.Ok(Template.From(found)) : Problems.TemplateNotFound;
}
