using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>Shows an enum in a query as the schema it has in JSON.</summary>
internal sealed class ApiDocumentParameters : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        var type = Nullable.GetUnderlyingType(context.ApiParameterDescription.Type) ?? context.ApiParameterDescription.Type;
        if (parameter is not OpenApiParameter shown || !type.IsGenericType || type.GetGenericTypeDefinition() != typeof(WireEnum<>)) { return; }

        shown.Schema = context.SchemaGenerator.GenerateSchema(type.GetGenericArguments()[0], context.SchemaRepository);
    }
}
