using System.Text.Json;
using Gateway.Http;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace Gateway.Features.Events;

/// <summary>Events in MessagePack are what they are in JSON: maps with the same names and values.</summary>
internal sealed class MailEventMessagePack : IMessagePackFormatter<MailEvent>
{
    /// <summary>What the hub takes comes from anybody.</summary>
    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create([new MailEventMessagePack()], [BuiltinResolver.Instance])).WithSecurity(MessagePackSecurity.UntrustedData);

    public void Serialize(ref MessagePackWriter writer, MailEvent value, MessagePackSerializerOptions options) =>
        Write(ref writer, JsonSerializer.SerializeToElement(value, WireJson.Options));

    /// <summary>No client sends events.</summary>
    public MailEvent Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => throw new NotSupportedException();

    private static void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.Write(property.Name);
                    Write(ref writer, property.Value);
                }

                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) { Write(ref writer, item); }

                break;
            case JsonValueKind.String: writer.Write(value.GetString()); break;
            case JsonValueKind.Number when value.TryGetInt64(out var whole): writer.Write(whole); break;
            case JsonValueKind.Number: writer.Write(value.GetDouble()); break;
            case JsonValueKind.True or JsonValueKind.False: writer.Write(value.GetBoolean()); break;
            default: writer.WriteNil(); break;
        }
    }
}
