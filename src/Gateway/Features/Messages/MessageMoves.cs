using Gateway.Features.Events;
using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

/// <summary>Moves messages so that their keys go on working, and tells of it.</summary>
internal sealed class MessageMoves(ImapPool pool, MessageLocator locator, MailboxNumbers numbers, MessageRows rows, MoveTelling telling)
{
    /// <summary>Moves one message and returns its new place; null where the server does not tell.</summary>
    /// <exception cref="MailException">The message or the target is not there, or the server refused.</exception>
    public async Task<MessageLocation?> MoveAsync(AccountId account, MessageKey message, MessageLocation from, MailboxPlace target, CancellationToken ct)
    {
        var moved = await MoveAsync(account, new(from.Path, from.UidValidity), [new(message, from.Uid)], target, Lane.Interactive, ct);
        return moved.TryGetValue(message, out var to) ? to : throw new MailException(MailFault.MessageGone, "The message was expunged.");
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
            var (arrived, there) = await MoveAsync(account, from, source, messages, target, lane, ct);

            // The move has happened: from here on a caller that goes away must not keep the keys from following.
            ct = CancellationToken.None;
            var taken = arrived.Values.ToHashSet();
            List<(PlacedMessage From, MessageLocation To)> known = [];
            foreach (var message in messages.Where(m => there.ContainsKey(m.Uid)))
            {
                var to = arrived.TryGetValue(message.Uid, out var told) ? told : await SearchAsync(account, target.Path, there[message.Uid].Facts.Outline?.MessageIdHeader, taken, lane);
                taken.Add(to);
                places[message.Key] = to is { } place ? new(target.Path, place.Validity != 0 ? place.Validity : target.UidValidity, place.Id) : null;
                if (places[message.Key] is { } at) { known.Add((message, at)); }
            }

            if (known.Count > 0)
            {
                var mailbox = await numbers.NumberAsync(account, target.Path, known[0].To.UidValidity, ct);
                foreach (var (message, to) in known) { rows.Follow(account, source, message.Uid, mailbox, to.Uid); }

                await telling.TellAsync(account, source, mailbox, [.. known.Select(k => Moved(k.From, there[k.From.Uid], mailbox, k.To.Uid))], ct);
            }
        }

        return places;
    }

    private static MovedMessage Moved(PlacedMessage from, (MessageState Now, MessageFacts Facts) known, MailboxId mailbox, uint uid) =>
        new(from.Uid, known.Now with { Uid = uid }, known.Facts.Row(from.Key, mailbox, known.Now.Flags, known.Now.Keywords));

    /// <summary>A message that the server cannot describe is moved all the same.</summary>
    private async Task<(IReadOnlyDictionary<uint, UniqueId?> Arrived, IReadOnlyDictionary<uint, (MessageState Now, MessageFacts Facts)> There)> MoveAsync(
        AccountId account, MailboxPlace from, MailboxId source, IReadOnlyList<PlacedMessage> messages, MailboxPlace target, Lane lane, CancellationToken ct)
    {
        var begun = false;
        try { return await RunAsync(isCareful: false); }
        catch (MailException undescribed) when (!begun && MessageRows.IsAboutOne(undescribed)) { return await RunAsync(isCareful: true); }

        Task<(IReadOnlyDictionary<uint, UniqueId?>, IReadOnlyDictionary<uint, (MessageState, MessageFacts)>)> RunAsync(bool isCareful) =>
            pool.RunOnceAsync(account, from.Path, FolderAccess.ReadWrite, lane, async lease =>
            {
                from.ThrowIfMadeAnew(lease);
                var found = await rows.DescribeAsync(lease, account, source, [.. messages.Select(m => new UniqueId(from.UidValidity, m.Uid))], isCareful);
                begun = true;
                return (await MoveAsync(lease, [.. found.Select(m => new UniqueId(from.UidValidity, m.Now.Uid))], target), (IReadOnlyDictionary<uint, (MessageState, MessageFacts)>)found.ToDictionary(m => m.Now.Uid));
            }, ct);
    }

    /// <summary>One MOVE (RFC 6851); COPYUID (RFC 4315) tells where each went. Without it the Message-ID must do.</summary>
    private static async Task<IReadOnlyDictionary<uint, UniqueId?>> MoveAsync(MailboxLease lease, IList<UniqueId> uids, MailboxPlace target)
    {
        if (uids.Count == 0) { return new Dictionary<uint, UniqueId?>(); }

        var folder = await lease.Store.GetFolderAsync(target.Path, lease.CommandToken);
        lease.HasWritten(target.Path);
        var map = await lease.Folder.MoveToAsync(uids, folder, lease.CommandToken);
        return map.ToDictionary(pair => pair.Key.Id, pair => (UniqueId?)pair.Value);
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
