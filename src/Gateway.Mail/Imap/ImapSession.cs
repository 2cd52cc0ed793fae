using MailKit;
using MailKit.Net.Imap;

namespace Gateway.Mail.Imap;

/// <summary>One authenticated IMAP connection of the pool.</summary>
internal sealed class ImapSession(long id, ImapClient client, int generation)
{
    public long Id { get; } = id;

    public ImapClient Client { get; } = client;

    /// <summary>The pool's generation it was opened in; an older one is discarded at return.</summary>
    public int Generation { get; } = generation;

    /// <summary>When it was last handed back, as the clock's timestamp.</summary>
    public long IdleSince { get; set; }

    /// <summary>A watcher keeps it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>What the server said beyond what MailKit tells.</summary>
    public ReceivedBytes Received => (ReceivedBytes)Client.ProtocolLogger;

    public IMailFolder? Selected { get; private set; }

    /// <summary>The server has told of a message that cannot be there: places and counts mean nothing any more.</summary>
    public bool IsOutOfStep { get; private set; }

    /// <summary>What it will tell can no longer be relied on: it is closed when it comes back.</summary>
    public void Distrust() => IsOutOfStep = true;

    public bool Has(string? path, FolderAccess access) =>
        path is null || (Selected is { IsOpen: true } folder && folder.FullName == path && folder.Access >= access);

    /// <summary>Selects or examines the mailbox unless that is so already.</summary>
    public async Task SelectAsync(string path, FolderAccess access, CancellationToken ct)
    {
        if (Has(path, access)) { return; }

        Leave();
        var folder = path.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? Client.Inbox! : await Client.GetFolderAsync(path, ct);
        await folder.OpenAsync(access, ct);
        Selected = folder;
        folder.MessageExpunged += OnExpunged;
        folder.CountChanged += OnCountChanged;
    }

    private void Leave()
    {
        if (Selected is not { } folder) { return; }

        folder.MessageExpunged -= OnExpunged;
        folder.CountChanged -= OnCountChanged;
        Selected = null;
    }

    private void OnExpunged(object? sender, MessageEventArgs e) => IsOutOfStep |= e.Index > Selected!.Count; // counted down already

    private void OnCountChanged(object? sender, EventArgs e) => IsOutOfStep |= Selected!.Count < 0; // beyond what MailKit can count
}
