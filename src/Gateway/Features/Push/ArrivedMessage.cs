using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Push;

/// <summary>What the log tells of a new message, as far as a push needs it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ArrivedMessage(
    MessageKey Id, MailboxId MailboxId, string Subject, IReadOnlyList<Address> From, DateTimeOffset ReceivedAt, IReadOnlyList<MessageFlag> Flags, IReadOnlyList<string> Keywords)
{
    public static ArrivedMessage Of(JsonElement data) => data.Deserialize<ArrivedMessage>(WireJson.Options)!;
}
