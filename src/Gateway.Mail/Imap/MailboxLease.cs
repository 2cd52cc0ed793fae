using Gateway.Mail.Faults;
using MailKit;

namespace Gateway.Mail.Imap;

/// <summary>Exclusive use of one IMAP session, with one mailbox selected when the lease was for one. Dispose it to hand the session back.</summary>
/// <remarks>Not thread-safe, since an IMAP session runs one command at a time. Never keep a lease beyond the request.</remarks>
public sealed class MailboxLease : IAsyncDisposable
{
    private readonly AccountSessions _sessions;
    private readonly TimeSpan _commandTimeout;
    private readonly TimeProvider _clock;
    private readonly bool _hasMailbox;
    private readonly HashSet<string> _written = [];
    private readonly Action<string> _tellWritten;
    private ImapSession? _session;
    private CancellationTokenSource? _deadline;

    internal MailboxLease(
        AccountSessions sessions, ImapSession session, string? path, FolderAccess access, Action<string> tellWritten, TimeSpan commandTimeout, TimeProvider clock)
    {
        _sessions = sessions;
        _session = session;
        _hasMailbox = path is not null;
        _tellWritten = tellWritten;
        if (path is not null && access == FolderAccess.ReadWrite) { _written.Add(path); }

        (_commandTimeout, _clock) = (commandTimeout, clock);
        Forgotten = sessions.Forgotten;
    }

    /// <summary>The selected mailbox.</summary>
    public IMailFolder Folder => _hasMailbox ? Session.Selected! : throw new InvalidOperationException("The lease was for no mailbox.");

    /// <summary>The session as a store: LIST, namespaces, other mailboxes by path.</summary>
    public IMailStore Store => Session.Client;

    /// <summary>Whether the server counts changes (CONDSTORE, RFC 7162).</summary>
    public bool HasModSeq => Session.Client.Capabilities.HasFlag(MailKit.Net.Imap.ImapCapabilities.CondStore);

    /// <summary>Whether the server knows conversations (THREADID of OBJECTID, RFC 8474).</summary>
    public bool HasThreadIds => Session.Client.Capabilities.HasFlag(MailKit.Net.Imap.ImapCapabilities.ObjectID);

    /// <summary>Whether the server tells who may do what (ACL, RFC 4314).</summary>
    public bool HasRights => Session.Client.Capabilities.HasFlag(MailKit.Net.Imap.ImapCapabilities.Acl);

    /// <summary>Whether the server has Gmail's extensions.</summary>
    public bool IsGmail => Session.Client.Capabilities.HasFlag(MailKit.Net.Imap.ImapCapabilities.GMailExt1);

    public uint UidValidity => Folder.UidValidity;

    /// <summary>The deadline of the next command, counted from each reading: a long download is many commands, and a caller who goes away must not cost the connection.</summary>
    public CancellationToken CommandToken
    {
        get
        {
            if (_deadline is { IsCancellationRequested: false }) { _deadline.CancelAfter(_commandTimeout); }
            else
            {
                _deadline?.Dispose();
                _deadline = new(_commandTimeout, _clock);
            }

            return _deadline.Token;
        }
    }

    /// <summary>Cancelled when the account was deleted or its credentials changed.</summary>
    internal CancellationToken Forgotten { get; }

    internal ImapSession Session => _session ?? throw new ObjectDisposedException(nameof(MailboxLease));

    /// <summary>The UID for MailKit.</summary>
    /// <exception cref="MailException"><see cref="MailFault.MessageGone"/> when the mailbox was made anew since (another UIDVALIDITY).</exception>
    public UniqueId Uid(MessageLocation at) =>
        at.UidValidity == UidValidity ? new(at.UidValidity, at.Uid) : throw new MailException(MailFault.MessageGone, "The mailbox was made anew since.");

    /// <summary>Tells that another mailbox than the leased one was written to (APPEND, COPY, MOVE).</summary>
    public void HasWritten(string path) => _written.Add(path);

    /// <summary>Hears from the server what has happened in the mailbox.</summary>
    public Task RefreshAsync() => Session.Client.NoOpAsync(CommandToken);

    /// <summary>Keeps the session for long, as a watcher does. Null when none would be left for others.</summary>
    internal CancellationToken? TryHold() => _sessions.TryHold(Session);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            foreach (var path in _written) { _tellWritten(path); } // however it ended: the server may have done it
            _sessions.Return(session);
        }

        _deadline?.Dispose();
        return default;
    }
}
