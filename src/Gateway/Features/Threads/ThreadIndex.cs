using Gateway.Features.Changes;
using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Search;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Threads;

/// <summary>Knows the conversations of the accounts used last, over all their mailboxes; what never changes of a message is fetched once.</summary>
internal sealed class ThreadIndex(ImapPool pool, MailboxComparison mailboxes, MailboxTree tree, IOptions<ThreadOptions> options, IOptions<ImapPoolOptions> sessions) : IDisposable
{
    /// <summary>Over all accounts; a message takes about 120 bytes.</summary>
    private const int MaxMessages = 1_000_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(30);

    private readonly MemoryCache _books = new(new MemoryCacheOptions { SizeLimit = MaxMessages });

    /// <summary>The conversations as they are now.</summary>
    public async Task<ThreadGroups> ReadAsync(AccountId account, CancellationToken ct)
    {
        var book = _books.Get<Book>(account) ?? new();
        await book.Reading.WaitAsync(ct);
        try
        {
            var changed = await RefreshAsync(account, book, ct);
            if (await WithoutNativeAsync(account, book, ct) || changed || book.Groups is null)
            {
                var all = book.Mailboxes.SelectMany(m => m.Value.Messages.Select(message => (new MessageKey(m.Key, message.Key), message.Value))).ToList();
                book.Groups = new(all);
                _books.Set(account, book, new MemoryCacheEntryOptions { Size = all.Count + 1, SlidingExpiration = Remembered });
            }

            return book.Groups;
        }
        finally { book.Reading.Release(); }
    }

    public void Dispose() => _books.Dispose();

    /// <summary>A server may say that it knows conversations, and not know them: then all of the account is read anew, by what messages name.</summary>
    private async Task<bool> WithoutNativeAsync(AccountId account, Book book, CancellationToken ct)
    {
        if (!book.IsDisappointing) { return false; }

        (book.AsksNative, book.IsDisappointing) = (false, false);
        book.Mailboxes.Clear();
        return await RefreshAsync(account, book, ct);
    }

    /// <summary>Whether anything has changed.</summary>
    private async Task<bool> RefreshAsync(AccountId account, Book book, CancellationToken ct)
    {
        var roles = (await tree.ReadAsync(account, Lane.Interactive, ct)).ToDictionary(m => m.Id, m => m.Role);
        var listed = (await mailboxes.ListAsync(account, ct))
            .Where(m => roles.GetValueOrDefault(m.Key) is not (MailboxRole.All or MailboxRole.Flagged)).ToDictionary();
        var changed = false;
        foreach (var gone in book.Mailboxes.Keys.Except(listed.Keys).ToList()) { changed |= book.Mailboxes.Remove(gone); }

        var stale = listed.Where(m => !(book.Mailboxes.TryGetValue(m.Key, out var known) && (known.UidNext, known.Count) == (m.Value.UidNext, m.Value.Count))).ToList();
        var together = new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Math.Max(1, sessions.Value.MaxSessionsPerAccount - 1) };
        var read = new System.Collections.Concurrent.ConcurrentDictionary<MailboxId, Mailbox>();
        await Parallel.ForEachAsync(stale, together, async (mailbox, stop) =>
        {
            try { read[mailbox.Key] = await ReadAsync(account, mailbox.Key, mailbox.Value, book, book.Mailboxes.GetValueOrDefault(mailbox.Key), stop); }
            catch (MailException unread) when (unread.Fault == MailFault.Protocol && book.AsksNative) { book.IsDisappointing = true; } // an id it has not got, spelled as no id may be
            catch (MailException gone) when (gone.Fault == MailFault.MailboxGone) { } // deleted since it was listed
        });
        foreach (var (id, mailbox) in read) { book.Mailboxes[id] = mailbox; }

        return changed || !read.IsEmpty;
    }

    private Task<Mailbox> ReadAsync(AccountId account, MailboxId id, MailboxComparison.Status status, Book book, Mailbox? known, CancellationToken ct) =>
        pool.RunAsync(account, status.Place.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            status.Place.ThrowIfMadeAnew(lease);
            var uids = status.Count == 0 ? [] : (await lease.Folder.SearchAsync(SearchQuery.All, lease.CommandToken)).Select(u => u.Id).OrderDescending().Take(options.Value.MaxMessagesPerMailbox).ToList();
            var messages = new Dictionary<uint, ThreadNode>(uids.Count);
            foreach (var uid in uids)
            {
                if (known?.Messages.TryGetValue(uid, out var node) == true) { messages[uid] = node; }
            }

            var native = !book.AsksNative ? NativeThreads.None : lease.HasThreadIds ? NativeThreads.ObjectId : lease.IsGmail ? NativeThreads.Gmail : NativeThreads.None;
            foreach (var piece in uids.Where(uid => !messages.ContainsKey(uid)).Chunk(1000))
            {
                foreach (var message in await lease.Folder.FetchAsync([.. piece.Select(uid => new UniqueId(uid))], ThreadNode.Items(native), lease.CommandToken))
                {
                    book.IsDisappointing |= native != NativeThreads.None && !ThreadNode.IsNative(message);
                    messages[message.UniqueId.Id] = ThreadNode.Of(account, id, message);
                }
            }

            return new Mailbox(status.UidNext, status.Count, messages);
        }, ct);

    private sealed record Mailbox(uint UidNext, int Count, Dictionary<uint, ThreadNode> Messages);

    private sealed class Book
    {
        public SemaphoreSlim Reading { get; } = new(1);

        public Dictionary<MailboxId, Mailbox> Mailboxes { get; } = [];

        public ThreadGroups? Groups { get; set; }

        /// <summary>Ask the server for its thread ids, when it offers them.</summary>
        public bool AsksNative { get; set; } = true;

        /// <summary>It offered them and had none for some message.</summary>
        public bool IsDisappointing { get; set; }
    }
}
