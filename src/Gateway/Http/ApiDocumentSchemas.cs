using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>Says of the schemas what holds on the wire: absent instead of null in what we send, and answers that may grow.</summary>
internal sealed class ApiDocumentSchemas : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var taken = new HashSet<string>();
        var sent = new HashSet<string>();
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(p => p.Operations ?? []).Select(o => o.Value))
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? Enumerable.Empty<IOpenApiMediaType>()) { Collect(content.Schema, schemas, taken); }

            foreach (var content in (operation.Responses ?? []).Values.SelectMany(r => r.Content?.Values ?? Enumerable.Empty<IOpenApiMediaType>())) { Collect(content.Schema, schemas, sent); }
        }

        // A generated client writes null for what it was not given; what we send has none, and an answer that may be null would
        // burden whoever reads it.
        foreach (var (name, schema) in schemas) { Mend(schema, mayBeNull: taken.Contains(name) && !sent.Contains(name)); }
    }

    private static void Mend(IOpenApiSchema? any, bool mayBeNull)
    {
        if (any is not OpenApiSchema schema) { return; }

        // "additionalProperties: false" would make a client refuse a field that a later version adds.
        schema.AdditionalPropertiesAllowed = true;
        if (!mayBeNull) { schema.Type = schema.Type is { } type && (type & ~JsonSchemaType.Null) is var rest && rest != 0 ? rest : null; }

        Mend(schema.Items, mayBeNull: false);
        foreach (var property in schema.Properties?.Values ?? []) { Mend(property, mayBeNull); }
    }

    /// <summary>The names of all schemas that one is made of.</summary>
    private static void Collect(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> names)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } name })
        {
            if (names.Add(name)) { Collect(schemas[name], schemas, names); }

            return;
        }

        IEnumerable<IOpenApiSchema?> parts = [.. schema?.Properties?.Values ?? [], .. schema?.AllOf ?? [], .. schema?.OneOf ?? [], .. schema?.AnyOf ?? []];
        foreach (var part in parts.Append(schema?.Items).Append(schema?.AdditionalProperties).OfType<IOpenApiSchema>()) { Collect(part, schemas, names); }
    }
}
