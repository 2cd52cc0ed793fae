using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>Says of the schemas what holds on the wire: absent instead of null, and answers that may grow.</summary>
internal sealed class ApiDocumentSchemas : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var schema in swaggerDoc.Components?.Schemas?.Values ?? []) { Mend(schema); }
    }

    private static void Mend(IOpenApiSchema? any)
    {
        if (any is not OpenApiSchema schema) { return; }

        // "additionalProperties: false" would make a client refuse a field that a later version adds.
        schema.AdditionalPropertiesAllowed = true;
        schema.Type = schema.Type is { } type && (type & ~JsonSchemaType.Null) is var rest && rest != 0 ? rest : null;
        Mend(schema.Items);
        foreach (var property in schema.Properties?.Values ?? []) { Mend(property); }
    }
}
