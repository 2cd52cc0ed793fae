using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

/// <summary>Moves messages so that their keys go on working.</summary>
internal sealed class MessageMoves(ImapPool pool, MessageLocator locator, MailboxNumbers numbers, MessageRows rows)
{
    /// <summary>Moves one message and returns its new place.</summary>
    /// <exception cref="MailException">The message or the target is not there, or the server refused.</exception>
    public async Task<MessageLocation> MoveAsync(AccountId account, MessageKey message, MessageLocation from, MailboxPlace target, CancellationToken ct)
    {
        var moved = await MoveAsync(account, new(from.Path, from.UidValidity), [new(message, from.Uid)], target, Lane.Interactive, ct);
        return moved.TryGetValue(message, out var to)
            ? to ?? throw new MailException(MailFault.MessageGone, "The message was moved, but the server does not tell where to.")
            : throw new MailException(MailFault.MessageGone, "The message was expunged.");
    }

    /// <summary>Moves messages of one mailbox with one command. Returns the new place of each; null where the server does not tell, absent for those that were expunged.</summary>
    /// <exception cref="MailException">A mailbox is not there, or the server refused.</exception>
    public async Task<IReadOnlyDictionary<MessageKey, MessageLocation?>> MoveAsync(
        AccountId account, MailboxPlace from, IReadOnlyList<PlacedMessage> messages, MailboxPlace target, Lane lane, CancellationToken ct)
    {
        var source = await numbers.NumberAsync(account, from.Path, from.UidValidity, ct);
        var places = new Dictionary<MessageKey, MessageLocation?>();
        using (locator.BeginMove(account))
        {
            var (arrived, there) = await pool.RunOnceAsync(account, from.Path, FolderAccess.ReadWrite, lane, lease => MoveAsync(lease, from, messages, target), ct);

            // The move has happened: from here on a caller that goes away must not keep the keys from following.
            ct = CancellationToken.None;
            var taken = arrived.Values.ToHashSet();
            foreach (var (key, uid) in messages.Where(m => there.ContainsKey(m.Uid)))
            {
                var to = arrived.TryGetValue(uid, out var told) ? told : await SearchAsync(account, target.Path, there[uid], taken, lane);
                taken.Add(to);
                places[key] = to is { } place ? new(target.Path, place.Validity != 0 ? place.Validity : target.UidValidity, place.Id) : null;
            }

            var known = places.Where(p => p.Value is not null).Select(p => (p.Key, At: p.Value!.Value)).ToList();
            if (known.Count > 0)
            {
                var mailbox = await numbers.NumberAsync(account, target.Path, known[0].At.UidValidity, ct);
                await locator.MoveAsync(account, known.ToDictionary(p => p.Key, p => p.At.Uid), mailbox, ct);
                var uids = messages.ToDictionary(m => m.Key, m => m.Uid);
                foreach (var (key, at) in known) { rows.Follow(account, source, uids[key], mailbox, at.Uid); }
            }
        }

        return places;
    }

    /// <summary>One MOVE (RFC 6851); COPYUID (RFC 4315) tells where each went. Without it the Message-ID must do.</summary>
    private static async Task<(IReadOnlyDictionary<uint, UniqueId?> Arrived, IReadOnlyDictionary<uint, string?> There)> MoveAsync(
        MailboxLease lease, MailboxPlace from, IReadOnlyList<PlacedMessage> messages, MailboxPlace target)
    {
        from.ThrowIfMadeAnew(lease);
        var found = await lease.Folder.FetchAsync([.. messages.Select(m => new UniqueId(from.UidValidity, m.Uid))], MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope, lease.CommandToken);
        var there = found.ToDictionary(m => m.UniqueId.Id, m => m.Envelope?.MessageId);
        if (there.Count == 0) { return (new Dictionary<uint, UniqueId?>(), there); }

        var folder = await lease.Store.GetFolderAsync(target.Path, lease.CommandToken);
        lease.HasWritten(target.Path);
        var map = await lease.Folder.MoveToAsync([.. found.Select(m => m.UniqueId)], folder, lease.CommandToken);
        return (map.ToDictionary(pair => pair.Key.Id, pair => (UniqueId?)pair.Value), there);
    }

    /// <param name="taken">Two messages may have the same Message-ID: these are others' places.</param>
    private Task<UniqueId?> SearchAsync(AccountId account, string path, string? messageId, HashSet<UniqueId?> taken, Lane lane) =>
        messageId is null
            ? Task.FromResult<UniqueId?>(null)
            : pool.RunAsync(account, path, FolderAccess.ReadOnly, lane, async lease =>
            {
                var found = await lease.Folder.SearchAsync(SearchQuery.HeaderContains("Message-Id", messageId), lease.CommandToken);
                return found.OrderByDescending(u => u.Id).Select(u => (UniqueId?)new UniqueId(lease.UidValidity, u.Id)).FirstOrDefault(u => !taken.Contains(u));
            }, CancellationToken.None);
}
