using MailKit;
using MailKit.Net.Imap;

namespace Gateway.IntegrationTests.Differential;

/// <summary>A message as the server holds it.</summary>
internal readonly record struct HeldMessage(string Subject, string Flags, string Keywords);

/// <summary>What the server really holds, read without Gateway in between.</summary>
internal sealed class Oracle(ImapClient imap) : IDisposable
{
    public void Dispose() => imap.Dispose();

    /// <summary>Paths of all mailboxes.</summary>
    public async Task<IReadOnlyList<string>> PathsAsync(CancellationToken ct) =>
        [.. (await imap.GetFoldersAsync(imap.PersonalNamespaces[0], cancellationToken: ct)).Select(f => f.FullName).Order(StringComparer.Ordinal)];

    /// <summary>The messages of a mailbox, newest first.</summary>
    public async Task<IReadOnlyList<HeldMessage>> ReadAsync(string path, CancellationToken ct)
    {
        var folder = await OpenAsync(path, ct);
        var found = await folder.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Envelope, ct);
        await folder.CloseAsync(expunge: false, ct); // a session whose selected mailbox is deleted is lost
        return [.. found.OrderByDescending(m => m.UniqueId.Id).Select(m => new HeldMessage(m.Envelope!.Subject!, Joined(m.Flags ?? MessageFlags.None), string.Join(',', m.Keywords.Order(StringComparer.Ordinal))))];
    }

    /// <summary>Does something to one message as another mail program would.</summary>
    public async Task ChangeAsync(string path, string subject, Func<IMailFolder, UniqueId, Task> change, CancellationToken ct)
    {
        var folder = await OpenAsync(path, ct);
        var found = await folder.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope, ct);
        await change(folder, found.First(m => m.Envelope!.Subject == subject).UniqueId);
        await folder.CloseAsync(expunge: false, ct);
    }

    public Task<IMailFolder> FolderAsync(string path, CancellationToken ct) => imap.GetFolderAsync(path, ct);

    private async Task<IMailFolder> OpenAsync(string path, CancellationToken ct)
    {
        var folder = await imap.GetFolderAsync(path, ct);
        await folder.OpenAsync(FolderAccess.ReadWrite, ct);
        return folder;
    }

    private static string Joined(MessageFlags flags) => string.Join(',', new[]
    {
        (MessageFlags.Seen, "seen"), (MessageFlags.Flagged, "flagged"), (MessageFlags.Answered, "answered"), (MessageFlags.Draft, "draft"),
    }.Where(f => flags.HasFlag(f.Item1)).Select(f => f.Item2));
}
