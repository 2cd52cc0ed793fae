using System.Text.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>A property whose record names a default may be left out, also where its type has no null.</summary>
internal sealed class ApiDocumentDefaults : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema.Required is not { Count: > 0 } required) { return; }

        foreach (var parameter in context.Type.GetConstructors().SelectMany(c => c.GetParameters()).Where(p => p.HasDefaultValue))
        {
            required.Remove(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));
        }
    }
}
