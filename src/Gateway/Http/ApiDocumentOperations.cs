using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>Writes down for each operation how to authenticate.</summary>
internal sealed class ApiDocumentOperations : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any()) { return; }

        operation.Security =
        [
            new() { [new("apiKey", context.Document)] = [] },
            new() { [new("session", context.Document)] = [] },
        ];
    }
}
