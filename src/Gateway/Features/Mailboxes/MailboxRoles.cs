using MailKit;

namespace Gateway.Features.Mailboxes;

/// <summary>Tells the role of a mailbox: by its attribute, else by the names that servers and mail programs give.</summary>
internal static class MailboxRoles
{
    private static readonly (FolderAttributes Attribute, MailboxRole Role)[] ByAttribute =
    [
        (FolderAttributes.Inbox, MailboxRole.Inbox), (FolderAttributes.Drafts, MailboxRole.Drafts), (FolderAttributes.Sent, MailboxRole.Sent),
        (FolderAttributes.Archive, MailboxRole.Archive), (FolderAttributes.Junk, MailboxRole.Junk), (FolderAttributes.Trash, MailboxRole.Trash),
        (FolderAttributes.All, MailboxRole.All), (FolderAttributes.Flagged, MailboxRole.Flagged),
    ];

    private static readonly Dictionary<string, MailboxRole> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Sent"] = MailboxRole.Sent, ["Sent Items"] = MailboxRole.Sent, ["Sent Messages"] = MailboxRole.Sent, ["Sent Mail"] = MailboxRole.Sent,
        ["Drafts"] = MailboxRole.Drafts, ["Draft"] = MailboxRole.Drafts, ["Trash"] = MailboxRole.Trash, ["Deleted Items"] = MailboxRole.Trash,
        ["Deleted Messages"] = MailboxRole.Trash, ["Bin"] = MailboxRole.Trash, ["Junk"] = MailboxRole.Junk, ["Spam"] = MailboxRole.Junk,
        ["Junk E-mail"] = MailboxRole.Junk, ["Junk Email"] = MailboxRole.Junk, ["Bulk Mail"] = MailboxRole.Junk,
        ["Archive"] = MailboxRole.Archive, ["Archives"] = MailboxRole.Archive,
    };

    /// <summary>Role by path. An attribute decides before any name does, and a role is given once.</summary>
    public static Dictionary<string, MailboxRole> Of(IEnumerable<IMailFolder> folders)
    {
        var roles = new Dictionary<string, MailboxRole>();
        var taken = new HashSet<MailboxRole>();
        var all = folders.ToList();
        foreach (var folder in all)
        {
            if (ByAttributeOf(folder) is { } role && taken.Add(role)) { roles[folder.FullName] = role; }
        }

        foreach (var folder in all.OrderBy(f => f.FullName.Length))
        {
            if (!roles.ContainsKey(folder.FullName) && ByName.TryGetValue(folder.Name, out var role) && taken.Add(role)) { roles[folder.FullName] = role; }
        }

        return roles;
    }

    private static MailboxRole? ByAttributeOf(IMailFolder folder)
    {
        if (folder.FullName.Equals("INBOX", StringComparison.OrdinalIgnoreCase)) { return MailboxRole.Inbox; }

        foreach (var (attribute, role) in ByAttribute)
        {
            if (folder.Attributes.HasFlag(attribute)) { return role; }
        }

        return null;
    }
}
