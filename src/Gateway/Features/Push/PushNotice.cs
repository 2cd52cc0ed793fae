using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Push;

/// <summary>What a browser is told of a new message; a private subscription without sender and subject.</summary>
internal sealed record PushNotice(string Type, AccountId AccountId, MailboxId MailboxId, MessageKey MessageId, DateTimeOffset ReceivedAt, Address? From = null, string? Subject = null)
{
    private const int MaxSubject = 200, MaxName = 100, MaxAddress = 320;

    public static PushNotice Of(AccountId account, ArrivedMessage message, bool isPrivate)
    {
        var notice = new PushNotice(Events.EventTypes.MessageCreated, account, message.MailboxId, message.Id, message.ReceivedAt);
        var from = message.From.Count == 0 ? null : new Address(Cut(message.From[0].Email, MaxAddress)!, Cut(message.From[0].Name, MaxName));
        return isPrivate ? notice : notice with { From = from, Subject = Cut(message.Subject, MaxSubject) };
    }

    /// <summary>Far below the 3,993 bytes that fit into one push, whatever the sender wrote.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options);

    /// <summary>Never within a character.</summary>
    private static string? Cut(string? text, int max) =>
        text is null || text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
