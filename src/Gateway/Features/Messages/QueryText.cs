using System.Globalization;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

/// <summary>A search as people type it: <c>from:ann is:unread before:2026-01-01 "exact words" -draft</c>.</summary>
internal static class QueryText
{
    /// <summary>A server may go through the whole mailbox for each.</summary>
    private const int MaxTerms = 20;

    private static readonly string[] Fields = ["from", "to", "cc", "subject", "body", "text"];

    /// <summary>What was read.</summary>
    /// <param name="Query">What the server can search for.</param>
    /// <param name="Attachments">Whether something must, or must not, be attached, which it cannot.</param>
    /// <param name="Fault">What is wrong with the text; nothing else counts then.</param>
    internal readonly record struct Terms(SearchQuery? Query, bool? Attachments, string? Fault);

    public static Terms Read(string text)
    {
        SearchQuery? query = null;
        bool? attachments = null;
        var terms = 0;
        for (var rest = text.AsSpan().Trim(); !rest.IsEmpty; rest = rest.TrimStart())
        {
            if (++terms > MaxTerms) { return Faulty($"at most {MaxTerms} terms"); }

            var without = rest is ['-', not ' ', ..];
            if (without) { rest = rest[1..]; }

            var (word, value) = Next(ref rest);
            if (value.Length == 0) { return Faulty($"{word}: needs a value"); }

            if (word == "has")
            {
                if (!value.Equals("attachment", StringComparison.OrdinalIgnoreCase)) { return Faulty($"has: knows attachment, not '{value}'"); }

                if (attachments == without) { return Faulty("has:attachment contradicts -has:attachment"); }

                attachments = !without;
                continue;
            }

            var (term, fault) = Term(word, value);
            if (term is null) { return Faulty(fault!); }

            if (without) { term = SearchQuery.Not(term); }

            query = query is null ? term : query.And(term);
        }

        return query is null && attachments is null ? Faulty("has no words") : new(query ?? SearchQuery.All, attachments, null);

        static Terms Faulty(string fault) => new(null, null, fault);
    }

    /// <summary>Takes the next term off: its operator, if it has one we know, and its value without quotes.</summary>
    private static (string Operator, string Value) Next(ref ReadOnlySpan<char> rest)
    {
        var word = "";
        var length = 0;
        while (length < rest.Length && char.IsAsciiLetter(rest[length])) { length++; }

        if (length > 0 && length < rest.Length && rest[length] == ':' && IsOperator(rest[..length].ToString().ToLowerInvariant()))
        {
            word = rest[..length].ToString().ToLowerInvariant();
            rest = rest[(length + 1)..];
        }

        var quoted = rest is ['"', ..];
        if (quoted) { rest = rest[1..]; }

        var end = rest.IndexOf(quoted ? '"' : ' ');
        var value = (end < 0 ? rest : rest[..end]).ToString();
        rest = end < 0 ? [] : rest[(end + 1)..];
        return (word, value);
    }

    /// <summary>What looks like an operator and is none of them (<c>re:</c>, a web address) is text.</summary>
    private static bool IsOperator(string word) =>
        Fields.Contains(word) || word is "is" or "has" or "keyword" or "label" or "before" or "since" or "after" or "larger" or "smaller";

    private static (SearchQuery? Term, string? Fault) Term(string word, string value) => word switch
    {
        "is" => Is(value.ToLowerInvariant()) is { } state ? (state, null) : (null, $"is: knows unread, read, flagged, answered and draft, not '{value}'"),
        "keyword" or "label" => Flags.IsKeyword(value) ? (SearchQuery.HasKeyword(value), null) : (null, $"'{value}' is not a keyword"),
        "before" => Date(value) is { } date ? (SearchQuery.DeliveredBefore(date), null) : (null, "before: needs a date as 2026-01-31"),
        "since" or "after" => Date(value) is { } date ? (SearchQuery.DeliveredAfter(date), null) : (null, $"{word}: needs a date as 2026-01-31"),
        "larger" => Size(value) is { } size ? (SearchQuery.LargerThan(size), null) : (null, "larger: needs a size as 500K or 5M"),
        "smaller" => Size(value) is { } size ? (SearchQuery.SmallerThan(size), null) : (null, "smaller: needs a size as 500K or 5M"),
        _ => (MessageFilter.TextIn(word, value), null),
    };

    private static SearchQuery? Is(string state) => state switch
    {
        "unread" => SearchQuery.NotSeen,
        "read" => SearchQuery.Seen,
        "flagged" or "starred" => SearchQuery.Flagged,
        "answered" or "replied" => SearchQuery.Answered,
        "draft" => SearchQuery.HasFlags(MessageFlags.Draft),
        _ => null,
    };

    private static DateTime? Date(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToDateTime(default) : null;

    private static int? Size(string value)
    {
        var unit = char.ToUpperInvariant(value[^1]) switch { 'K' => 1024L, 'M' => 1024 * 1024, _ => 1 };
        return long.TryParse(unit == 1 ? value : value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue / unit
            ? (int)(number * unit)
            : null;
    }
}
