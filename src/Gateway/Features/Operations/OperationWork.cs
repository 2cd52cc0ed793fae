using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Operations;

/// <summary>What an operation does, in and out of its record.</summary>
/// <param name="Action">What to do to each message; null to move each back to where it was.</param>
/// <param name="Target">Where messages go, or for a move back: where they must still be.</param>
internal sealed record OperationWork(BatchAction? Action = null, MailboxId? Target = null)
{
    private const int KeyBytes = 8;
    private const int SourceBytes = 4;

    private byte[] _messages = [];
    private byte[] _sources = [];

    [JsonIgnore]
    public int Count => _messages.Length / KeyBytes;

    [JsonIgnore]
    public IReadOnlyList<BatchResult> Problems { get; private init; } = [];

    public static OperationWork Of(OperationRecord record) => JsonSerializer.Deserialize<OperationWork>(record.Action, WireJson.Options)! with
    {
        _messages = record.Messages, _sources = record.Sources,
        Problems = record.Problems is { } problems ? JsonSerializer.Deserialize<IReadOnlyList<BatchResult>>(problems, WireJson.Options)! : [],
    };

    /// <param name="messages">Each with the mailbox it is in.</param>
    public OperationRecord ToRecord(AccountId account, IReadOnlyList<(MessageKey Key, MailboxId Source)> messages, DateTimeOffset now, Guid? undoes = null)
    {
        var moves = Action is null or { MoveTo: not null };
        var (keys, sources) = (new byte[messages.Count * KeyBytes], new byte[moves ? messages.Count * SourceBytes : 0]);
        for (var i = 0; i < messages.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(keys.AsSpan(i * KeyBytes), messages[i].Key.Mailbox.Number);
            BinaryPrimitives.WriteUInt32LittleEndian(keys.AsSpan((i * KeyBytes) + 4), messages[i].Key.Uid);
            if (sources.Length > 0) { BinaryPrimitives.WriteUInt32LittleEndian(sources.AsSpan(i * SourceBytes), messages[i].Source.Number); }
        }

        return new()
        {
            Id = Guid.CreateVersion7(now), Account = account, State = OperationState.Running, Action = JsonSerializer.Serialize(this, WireJson.Options),
            Messages = keys, Sources = sources, Undoes = undoes, CreatedAt = now,
        };
    }

    public MessageKey Key(int index) => new(
        new(BinaryPrimitives.ReadUInt32LittleEndian(_messages.AsSpan(index * KeyBytes))), BinaryPrimitives.ReadUInt32LittleEndian(_messages.AsSpan((index * KeyBytes) + 4)));

    /// <summary>Where the message was when the operation was asked for.</summary>
    public MailboxId Source(int index) => new(BinaryPrimitives.ReadUInt32LittleEndian(_sources.AsSpan(index * SourceBytes)));
}
