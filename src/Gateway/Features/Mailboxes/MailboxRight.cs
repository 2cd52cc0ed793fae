using MailKit;

namespace Gateway.Features.Mailboxes;

/// <summary>What the account may do with a mailbox (RFC 4314 section 2.1).</summary>
public enum MailboxRight
{
    Lookup,
    Read,

    /// <summary>Set and clear the seen flag.</summary>
    KeepSeen,

    /// <summary>Set and clear other flags and keywords.</summary>
    Write,

    /// <summary>Put messages into it.</summary>
    Insert,

    /// <summary>Send mail to its own address.</summary>
    Post,

    /// <summary>Create mailboxes below it.</summary>
    Create,

    /// <summary>Delete the mailbox.</summary>
    Delete,

    /// <summary>Flag messages as deleted.</summary>
    DeleteMessages,
    Expunge,

    /// <summary>Change who may do what.</summary>
    Administer,
}

internal static class MailboxRights
{
    private const string Letters = "lrswipkxtea";

    /// <summary>By their letters, in the order of the enum.</summary>
    public static IReadOnlyList<MailboxRight> Of(IEnumerable<AccessRight> rights) =>
        [.. rights.Select(right => Letters.IndexOf(right.Right, StringComparison.Ordinal)).Where(at => at >= 0).Order().Select(at => (MailboxRight)at)];
}
