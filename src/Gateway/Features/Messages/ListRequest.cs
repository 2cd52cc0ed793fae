using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.Messages;

/// <summary>Where to look for messages, and which piece of the list is wanted in which order.</summary>
internal sealed record ListRequest(
    MailboxId? Mailbox = null, WireEnum<MailboxRole>? Role = null, WireEnum<MessageSort>? Sort = null, WireEnum<SortOrder>? Order = null,
    int Limit = PageLimit.Default, string? Cursor = null, int Offset = 0, bool CollapseThreads = false, string? Fields = null, MessageKey? Around = null)
{
    private bool IsEverywhere => Mailbox is null && Role is null;

    /// <summary>Null for the order of arrival: by UID, which one mailbox has and several have not in common.</summary>
    private MessageSort? By => Sort?.Value ?? (IsEverywhere ? MessageSort.ReceivedAt : null);

    private bool Descending => Order is { } order ? order.Value == SortOrder.Descending : By is not (MessageSort.From or MessageSort.Subject);

    /// <summary>The first parameter that cannot be used.</summary>
    public FieldFault? Fault() =>
        Mailbox is not null && Role is not null ? new(null, "role", "cannot go with mailbox")
        : Offset < 0 ? new(null, "offset", "must not be negative")
        : Offset > 0 && IsEverywhere ? new(null, "offset", "needs a mailbox or a role; use the cursor")
        : Around is not null && (IsEverywhere || !IsByArrival || Offset > 0 || Cursor is not null || CollapseThreads) ? new(null, "around", "needs a mailbox or a role, in the order of arrival and without offset, cursor or collapseThreads")
        : CollapseThreads && (IsEverywhere || !IsByArrival) ? new(null, "collapseThreads", "needs a mailbox or a role, in the order of arrival")
        : null;

    /// <summary>Newest first by arrival in one mailbox, which is answered without sorting.</summary>
    public bool IsByArrival => By is null && Descending;

    /// <summary>The list as a sorted one, or null when the cursor is none of it.</summary>
    public SortedQuery? ToSorted(MessageFilter filter)
    {
        SortedPlace? after = null;
        if (Cursor is not null)
        {
            if (!SortedPlace.TryParse(Cursor, By, out var place)) { return null; }

            after = place;
        }

        return new(By, Descending, filter, after, after is null ? Offset : 0, Limit);
    }
}
