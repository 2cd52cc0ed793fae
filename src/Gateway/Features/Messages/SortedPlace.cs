using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Features.Messages;

/// <summary>A place in a sorted list over one mailbox or many: no two messages have the same.</summary>
internal readonly record struct SortedPlace(SortValue Value, uint Mailbox, uint Uid) : IComparable<SortedPlace>
{
    private const int MaxCursor = 1000;

    public int CompareTo(SortedPlace other) =>
        Value.CompareTo(other.Value) is not 0 and var byValue ? byValue : Mailbox != other.Mailbox ? Mailbox.CompareTo(other.Mailbox) : Uid.CompareTo(other.Uid);

    /// <summary>The place as a cursor. It only goes with the sort it was made for.</summary>
    public string ToCursor(MessageSort? sort) =>
        WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(new Written((int?)sort, Value.Number, Value.Text, Mailbox, Uid)));

    public static bool TryParse(string cursor, MessageSort? sort, out SortedPlace place)
    {
        place = default;
        if (cursor.Length > MaxCursor || Read(cursor) is not { Text: not null } written || written.Sort != (int?)sort) { return false; }

        place = new(new(written.Number, written.Text), written.Mailbox, written.Uid);
        return true;
    }

    private static Written? Read(string cursor)
    {
        try { return JsonSerializer.Deserialize<Written>(WebEncoders.Base64UrlDecode(cursor)); }
        catch (Exception error) when (error is FormatException or JsonException) { return null; }
    }

    private sealed record Written(int? Sort, long Number, string Text, uint Mailbox, uint Uid);
}
