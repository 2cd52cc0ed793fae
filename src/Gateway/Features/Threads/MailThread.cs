using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Threads;

/// <summary>The id of a conversation.</summary>
internal readonly record struct ThreadId(ulong Number) : IParsable<ThreadId>
{
    private const int Length = 17;

    public static ThreadId Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var id) ? id : throw new FormatException("Not a thread id.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ThreadId result)
    {
        var number = 0UL;
        var ok = s is { Length: Length } && s[0] == 't' && ulong.TryParse(s.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        result = new(number);
        return ok;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"t{Number:x16}");
}

/// <summary>A conversation: messages that answer each other, over all mailboxes, so that what was sent is in it too.</summary>
/// <param name="Id">Thread id.</param>
/// <param name="Subject">That of its first message, without `Re:` and its like.</param>
/// <param name="Participants">Who wrote in it, in the order they first did; the first 20.</param>
/// <param name="Total">How many messages it has; of very long ones only the newest 500 are told.</param>
/// <param name="Unread">How many of them are not seen.</param>
/// <param name="LatestAt">When the newest was received.</param>
/// <param name="Messages">The messages, oldest first.</param>
public sealed record MailThread(
    string Id, string Subject, IReadOnlyList<Address> Participants, int Total, int Unread, DateTimeOffset LatestAt, IReadOnlyList<MessageRow> Messages)
{
    internal const int MaxMessages = 500;

    private const int MaxParticipants = 20;

    internal static MailThread Of(ThreadId id, int total, IReadOnlyList<MessageRow> rows) => new(
        id.ToString(), BaseSubject.Of(rows[0].Subject),
        [.. rows.SelectMany(r => r.From).DistinctBy(a => a.Email, StringComparer.OrdinalIgnoreCase).Take(MaxParticipants)],
        total, rows.Count(r => !r.Flags.Contains(MessageFlag.Seen)), rows[^1].ReceivedAt, rows);
}

/// <summary>What to change about every message of a conversation.</summary>
/// <param name="Flags">Flags to set and to clear.</param>
/// <param name="Keywords">Keywords to set and to clear.</param>
/// <param name="MailboxId">Where to move it. What is in Sent, Drafts, Junk or Trash stays there.</param>
public sealed record ThreadUpdate(FlagsChange? Flags = null, KeywordsChange? Keywords = null, MailboxId? MailboxId = null);
