using MailKit;

namespace Gateway.Mail.Imap;

/// <summary>A request that waits for a session, or for the leave to open one.</summary>
/// <remarks>Its result is a session, or null for the leave to open.</remarks>
internal sealed class Waiter(string? path, FolderAccess access) : TaskCompletionSource<ImapSession?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string? Path { get; } = path;

    public FolderAccess Access { get; } = access;
}
