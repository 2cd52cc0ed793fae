namespace Gateway.Mail.Watching;

/// <summary>Which mailbox is watched. INBOX is one name however it is written (RFC 9051 section 5.1).</summary>
internal readonly record struct WatchKey(AccountId Account, string Path)
{
    private const string Inbox = "INBOX";

    public static WatchKey Of(AccountId account, string path) => new(account, path.Equals(Inbox, StringComparison.OrdinalIgnoreCase) ? Inbox : path);
}
