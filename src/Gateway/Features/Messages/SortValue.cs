using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>What one sort compares: a number, or a text without regard to case.</summary>
internal readonly record struct SortValue(long Number, string Text) : IComparable<SortValue>
{
    /// <summary>Later letters decide nothing: a value goes into cursors.</summary>
    private const int MaxText = 60;

    private static readonly SortValue None = new(0, "");

    /// <summary>What has to be fetched for it.</summary>
    public static MessageSummaryItems Items(MessageSort sort) => sort switch
    {
        MessageSort.ReceivedAt => MessageSummaryItems.InternalDate,
        MessageSort.SentAt => MessageSummaryItems.InternalDate | MessageSummaryItems.Envelope,
        MessageSort.Size => MessageSummaryItems.Size,
        _ => MessageSummaryItems.Envelope,
    };

    public static SortValue Of(MessageSort sort, IMessageSummary message) => Of(
        sort, message.InternalDate ?? default, SentDate.Of(message.Envelope), message.Size ?? 0, message.Envelope?.Subject ?? "", Address.From(message.Envelope?.From));

    /// <param name="sort">Null for the order of arrival, where the UID alone decides.</param>
    public static SortValue Of(MessageSort? sort, MessageRow row) =>
        sort is { } by ? Of(by, row.ReceivedAt, row.SentAt, row.Size, row.Subject, row.From) : None;

    public int CompareTo(SortValue other) => Number != other.Number ? Number.CompareTo(other.Number) : string.CompareOrdinal(Text, other.Text);

    private static SortValue Of(MessageSort sort, DateTimeOffset received, DateTimeOffset? sent, long size, string subject, IReadOnlyList<Address> from) => sort switch
    {
        MessageSort.ReceivedAt => new(received.ToUnixTimeSeconds(), ""),
        MessageSort.SentAt => new((sent ?? received).ToUnixTimeSeconds(), ""),
        MessageSort.Size => new(size, ""),
        MessageSort.From => new(0, Folded(from is [var first, ..] ? first.Name ?? first.Email : "")),
        _ => new(0, Folded(BaseSubject.Of(subject))),
    };

    private static string Folded(string text)
    {
        var begin = text.Length > MaxText ? text[..MaxText] : text;
        return new string([.. begin.Where(c => !char.IsSurrogate(c))]).ToUpperInvariant();
    }
}
