using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>Shows an enum in a query as the schema it has in JSON.</summary>
internal sealed class ApiDocumentParameters : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        var type = Nullable.GetUnderlyingType(context.ApiParameterDescription.Type) ?? context.ApiParameterDescription.Type;
        var item = type.IsArray ? type.GetElementType()! : type;
        if (parameter is not OpenApiParameter shown || !item.IsGenericType || item.GetGenericTypeDefinition() != typeof(WireEnum<>)) { return; }

        if (shown.Schema?.Items is OpenApiSchemaReference { Reference.Id: { } made }) { context.SchemaRepository.Schemas.Remove(made); }

        var schema = context.SchemaGenerator.GenerateSchema(item.GetGenericArguments()[0], context.SchemaRepository);
        shown.Schema = type.IsArray ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema;
    }
}
