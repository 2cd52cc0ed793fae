using Gateway.Mail;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>The OpenAPI document: 3.0.4, which every generator takes without patches.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Description =
        "REST over any IMAP/SMTP account. Errors are application/problem+json with a stable code (see openapi/problems.md).";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services
        .AddEndpointsApiExplorer()
        .AddExample(new Problem(
            ProblemKind.TypePrefix + "validation-failed", "The request is not valid", StatusCodes.Status422UnprocessableEntity, "is not an email address",
            "validation-failed", "4bf92f3577b34da6a3ce929d0e0e4736", [new("/to/0/address", null, "is not an email address")]))
        .AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Name, new() { Title = "Gateway", Version = Name, Description = Description });
            options.UseAllOfToExtendReferenceSchemas();
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.CustomSchemaIds(SchemaName);
            options.MapType<AccountId>(() => Id("Account id, or me for the only account within reach."));
            options.MapType<MailboxId>(() => Id("Mailbox id."));
            options.MapType<MessageKey>(() => Id("Message id; it survives moves."));
            options.IncludeXmlComments(typeof(ApiDocument).Assembly);
            options.IncludeXmlComments(typeof(ServerAddress).Assembly);
            options.ParameterFilter<ApiDocumentParameters>();
            options.OperationFilter<ApiDocumentOperations>();
            options.SchemaFilter<ApiDocumentDefaults>();
            options.DocumentFilter<ApiDocumentSchemas>();
            options.AddSecurityDefinition("apiKey", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: gw_…" });
            options.AddSecurityDefinition("session", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "__Host-gateway-session",
                Description = "The webmail's session; unsafe methods also need X-Antiforgery-Token.",
            });
        });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapSwagger("/openapi/{documentName}.json", options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0).AllowAnonymous();
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.SwaggerEndpoint($"/openapi/{Name}.json", "Gateway v1");
            options.DocumentTitle = "Gateway API";
        });
    }

    public static async Task<string> WriteAsync(IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<ISwaggerProvider>().GetSwagger(Name).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0, ct);

    private static OpenApiSchema Id(string description) => new() { Type = JsonSchemaType.String, MaxLength = 64, Description = description };

    /// <summary>A page is named after what it holds: <c>MessageRowPage</c>.</summary>
    private static string SchemaName(Type type) =>
        type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(SchemaName)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
}
