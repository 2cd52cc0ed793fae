using Gateway.Http;
using Gateway.Mail.Watching;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

/// <summary>Which messages are wanted: all that meet every condition given.</summary>
/// <param name="Unread">Only unread (true) or only read (false) messages.</param>
/// <param name="Flagged">Only flagged (true) or only unflagged (false) messages.</param>
/// <param name="Answered">Only answered (true) or only unanswered (false) messages.</param>
/// <param name="From">With this text in From.</param>
/// <param name="To">With this text in To.</param>
/// <param name="Cc">With this text in Cc.</param>
/// <param name="Subject">With this text in their subject.</param>
/// <param name="Body">With this text in their body.</param>
/// <param name="Text">With this text in their header or body.</param>
/// <param name="Keyword">With this keyword.</param>
/// <param name="Since">Received on this day or later, by the mail server's clock.</param>
/// <param name="Before">Received before this day, by the mail server's clock.</param>
/// <param name="Larger">Of more bytes than this.</param>
/// <param name="Smaller">Of fewer bytes than this.</param>
/// <param name="HasAttachment">With (true) or without (false) something attached.</param>
/// <param name="Q">A search as people type it.</param>
public sealed record MessageFilter(
    bool? Unread = null, bool? Flagged = null, bool? Answered = null, string? From = null, string? To = null, string? Cc = null,
    string? Subject = null, string? Body = null, string? Text = null, string? Keyword = null, DateOnly? Since = null, DateOnly? Before = null,
    int? Larger = null, int? Smaller = null, bool? HasAttachment = null, string? Q = null)
{
    private const int MaxText = 1000;

    /// <summary>The flags that must be set.</summary>
    internal MessageFlags With =>
        Flag(Unread == false, MessageFlags.Seen) | Flag(Flagged == true, MessageFlags.Flagged) | Flag(Answered == true, MessageFlags.Answered);

    /// <summary>The flags that must not be set.</summary>
    internal MessageFlags Without =>
        Flag(Unread == true, MessageFlags.Seen) | Flag(Flagged == false, MessageFlags.Flagged) | Flag(Answered == false, MessageFlags.Answered);

    /// <summary>Nothing but flags is asked for, which a <see cref="MailboxView"/> can tell without the server.</summary>
    internal bool IsOfFlags => this == new MessageFilter(Unread, Flagged, Answered);

    internal bool IsEmpty => this == new MessageFilter();

    /// <summary>Whether something must, or must not, be attached: no part of <see cref="Query"/>, since IMAP has no search for it.</summary>
    internal bool? WantsAttachments => HasAttachment ?? (Q is null ? null : QueryText.Read(Q).Attachments);

    /// <summary>The first parameter that cannot be used.</summary>
    internal FieldFault? Fault()
    {
        foreach (var (name, value) in Texts().Append(("q", Q)))
        {
            if (value is null) { continue; }

            if (value.Length is 0 or > MaxText) { return new(null, name, $"must have 1 to {MaxText} characters"); }

            if (value.Any(char.IsControl)) { return new(null, name, "must not hold control characters"); }
        }

        if (Keyword is not null && !Flags.IsKeyword(Keyword)) { return new(null, "keyword", "is not a keyword"); }

        if (Larger < 0 || Smaller < 0) { return new(null, Larger < 0 ? "larger" : "smaller", "must not be negative"); }

        if (Q is null) { return null; }

        var (_, attachments, fault) = QueryText.Read(Q);
        if (HasAttachment is { } wanted && attachments == !wanted) { fault = "contradicts hasAttachment"; }

        return fault is null ? null : new(null, "q", fault);
    }

    /// <summary>As an IMAP search. Text is found anywhere in its field and without regard to case (RFC 9051 section 6.4.4).</summary>
    internal SearchQuery Query()
    {
        var query = SearchQuery.All;
        void And(SearchQuery? term) => query = term is null ? query : query == SearchQuery.All ? term : query.And(term);

        And(With == MessageFlags.None ? null : SearchQuery.HasFlags(With));
        And(Without == MessageFlags.None ? null : SearchQuery.NotFlags(Without));
        foreach (var (name, value) in Texts()) { And(value is null ? null : TextIn(name, value)); }

        And(Keyword is null ? null : SearchQuery.HasKeyword(Keyword));
        And(Since is { } since ? SearchQuery.DeliveredAfter(since.ToDateTime(default)) : null);
        And(Before is { } before ? SearchQuery.DeliveredBefore(before.ToDateTime(default)) : null);
        And(Larger is { } larger ? SearchQuery.LargerThan(larger) : null);
        And(Smaller is { } smaller ? SearchQuery.SmallerThan(smaller) : null);
        And(Q is null ? null : QueryText.Read(Q).Query);
        return query;
    }

    /// <summary>Text in the field of this name, or anywhere for <c>text</c>.</summary>
    internal static SearchQuery TextIn(string field, string text) => field switch
    {
        "from" => SearchQuery.FromContains(text),
        "to" => SearchQuery.ToContains(text),
        "cc" => SearchQuery.CcContains(text),
        "subject" => SearchQuery.SubjectContains(text),
        "body" => SearchQuery.BodyContains(text),
        _ => SearchQuery.MessageContains(text),
    };

    private (string Name, string? Value)[] Texts() =>
        [("from", From), ("to", To), ("cc", Cc), ("subject", Subject), ("body", Body), ("text", Text)];

    private static MessageFlags Flag(bool wanted, MessageFlags flag) => wanted ? flag : MessageFlags.None;
}
