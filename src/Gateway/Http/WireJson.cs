using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Mail;

namespace Gateway.Http;

/// <summary>How everything on the wire is written: camelCase fields, kebab-case values, absent instead of null, strict about what it takes in.</summary>
internal static class WireJson
{
    private const int MaxDepth = 32;

    public static JsonSerializerOptions Options { get; } = Made();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // as the framework's answers have it; no JSON of ours is put into HTML
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new ParsableJsonConverter<AccountId>());
        options.Converters.Add(new ParsableJsonConverter<MailboxId>());
        options.Converters.Add(new ParsableJsonConverter<MessageKey>());
        options.Converters.Add(new WireTime());
    }

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
