using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Client;

/// <summary>What the generator leaves to its user.</summary>
public partial class GatewayClient
{
    internal static JsonSerializerOptions Json => _settings.Value;

    /// <summary>It marks single enums as strings but not those in lists, and would send null for what is absent.</summary>
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        settings.Converters.Add(new JsonStringEnumConverter());
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }
}
