using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

internal static class ApiExample
{
    /// <summary>Shows what this type looks like in the OpenAPI document. Being a value of the type, written as the wire has it, it is true.</summary>
    public static IServiceCollection AddExample<T>(this IServiceCollection services, T example) where T : notnull
    {
        var filter = new Filter(typeof(T), JsonSerializer.SerializeToNode(example, WireJson.Options)!);
        services.ConfigureSwaggerGen(document => document.AddSchemaFilterInstance(filter));
        return services;
    }

    private sealed class Filter(Type type, JsonNode example) : ISchemaFilter
    {
        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            // A property of the type has the type's own example already.
            if (context.Type == type && context.MemberInfo is null && schema is OpenApiSchema described) { described.Examples = [example.DeepClone()]; }
        }
    }
}
