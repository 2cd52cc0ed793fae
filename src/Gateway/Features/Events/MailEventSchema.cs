using Gateway.Features.Accounts;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Features.Reports;
using Gateway.Features.Submissions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Features.Events;

/// <summary>Names in the OpenAPI document what an event can carry.</summary>
internal sealed class MailEventSchema : ISchemaFilter
{
    private static readonly Type[] Shapes =
        [typeof(MessageRow), typeof(MovedRow), typeof(MessageFlagsState), typeof(MessageRemoval), typeof(Mailbox), typeof(MailboxRemoval), typeof(MailboxCounts), typeof(AccountStateChange), typeof(Submission), typeof(MailReport)];

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type != typeof(MailEvent) || schema.Properties?["data"] is not OpenApiSchema data) { return; }

        data.AnyOf = [.. Shapes.Select(shape => context.SchemaGenerator.GenerateSchema(shape, context.SchemaRepository))];
    }
}
