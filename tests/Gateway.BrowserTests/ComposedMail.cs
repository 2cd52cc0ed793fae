using Gateway.TestKit.Servers;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;

namespace Gateway.BrowserTests;

/// <summary>What became of what was written, as another mail program sees it.</summary>
internal static class ComposedMail
{
    public static async Task<IReadOnlyList<MimeMessage>> DraftsAsync(MailServers servers, string address, CancellationToken ct)
    {
        using var imap = await servers.ImapAsync(address, ct);
        return await ReadAsync(imap.GetFolder(SpecialFolder.Drafts)!, ct);
    }

    /// <summary>The mails in somebody's inbox, once there are that many.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> ArrivedAsync(MailServers servers, string address, int count, CancellationToken ct)
    {
        using var imap = await servers.ImapAsync(address, ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, ct);
        while (imap.Inbox.Count < count)
        {
            using var arrived = CancellationTokenSource.CreateLinkedTokenSource(ct);
            imap.Inbox.CountChanged += End;
            await imap.IdleAsync(arrived.Token, ct);
            imap.Inbox.CountChanged -= End;

            void End(object? sender, EventArgs e) => arrived.Cancel();
        }

        return await ReadAsync(imap.Inbox, ct);
    }

    public static async Task<MimeMessage> ArrivedAsync(MailServers servers, string address, CancellationToken ct) => (await ArrivedAsync(servers, address, 1, ct))[^1];

    /// <summary>Flags and keywords of the first mail in the inbox.</summary>
    public static async Task<IMessageSummary> MarksAsync(MailServers servers, string address, CancellationToken ct)
    {
        using var imap = await servers.ImapAsync(address, ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, ct);
        return (await imap.Inbox.FetchAsync(0, 0, new FetchRequest(MessageSummaryItems.Flags), ct))[0];
    }

    private static async Task<IReadOnlyList<MimeMessage>> ReadAsync(IMailFolder folder, CancellationToken ct)
    {
        if (!folder.IsOpen) { await folder.OpenAsync(FolderAccess.ReadOnly, ct); }

        var mails = new List<MimeMessage>();
        for (var i = 0; i < folder.Count; i++) { mails.Add(await folder.GetMessageAsync(i, ct)); }

        return mails;
    }
}
