using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Does one thing to many messages of one mailbox, with one command for as many as possible.</summary>
internal sealed class BatchWriting(ImapPool pool, MessageMoves moves, MailboxNumbers numbers, MessageLocator locator)
{
    /// <summary>Messages a command: between two of them others get their turn.</summary>
    private const int Piece = 200;

    private static readonly BatchProblem Gone = new(MailFaultProblems.KindOf(MailFault.MessageGone).Code, "The message was expunged.");
    private static readonly BatchProblem Astray = Gone with { Detail = "The message was moved, but the server does not tell where to." };

    /// <param name="target">Where to move or copy to, if that is asked for.</param>
    /// <returns>A result for each message.</returns>
    public async Task<IReadOnlyList<BatchResult>> ApplyAsync(
        AccountId account, MailboxPlace place, IReadOnlyList<PlacedMessage> messages, BatchAction action, MailboxPlace? target, Lane lane, CancellationToken ct)
    {
        List<BatchResult> results = [];
        foreach (var piece in messages.Chunk(Piece))
        {
            try { results.AddRange(await ApplyToPieceAsync(account, place, piece, action, target, lane, ct)); }
            catch (MailException fault)
            {
                var problem = new BatchProblem(MailFaultProblems.KindOf(fault.Fault).Code, fault.ServerText is { } words ? $"{fault.Message} The server said: {words}" : fault.Message);
                results.AddRange(piece.Select(m => BatchResult.Failed(m.Key, problem)));
            }
        }

        return results;
    }

    private async Task<IReadOnlyList<BatchResult>> ApplyToPieceAsync(
        AccountId account, MailboxPlace place, IReadOnlyList<PlacedMessage> messages, BatchAction action, MailboxPlace? target, Lane lane, CancellationToken ct)
    {
        var there = messages;
        if (action is { Flags: not null } or { Keywords: not null }) { there = await StoreAsync(account, place, messages, action, lane, ct); }

        var done = action switch
        {
            { Expunge: true } => await ExpungeAsync(account, place, there, lane, ct),
            { CopyTo: not null } => await CopyAsync(account, place, there, target!.Value, lane, ct),
            _ when target is { } to && to.Path != place.Path => await MoveAsync(account, place, there, to, lane, ct),
            _ => there.ToDictionary(m => m.Key, m => new BatchResult(m.Key, BatchStatus.Ok)),
        };
        return [.. messages.Select(m => done.GetValueOrDefault(m.Key) ?? BatchResult.Failed(m.Key, Gone))];
    }

    /// <summary>Stores flags and keywords, and tells which messages were there.</summary>
    private async Task<IReadOnlyList<PlacedMessage>> StoreAsync(
        AccountId account, MailboxPlace place, IReadOnlyList<PlacedMessage> messages, BatchAction action, Lane lane, CancellationToken ct)
    {
        var uids = UidsOf(place, messages);
        var states = await pool.RunAsync(account, place.Path, FolderAccess.ReadWrite, lane, async lease =>
        {
            place.ThrowIfMadeAnew(lease);
            await UpdateMessage.StoreAsync(lease, uids, action.Flags, action.Keywords);
            return await lease.Folder.FetchAsync(uids, MessageRows.FlagItems, lease.CommandToken);
        }, ct);
        var there = states.Select(s => s.UniqueId.Id).ToHashSet();
        return [.. messages.Where(m => there.Contains(m.Uid))];
    }

    private async Task<IReadOnlyDictionary<MessageKey, BatchResult>> MoveAsync(
        AccountId account, MailboxPlace place, IReadOnlyList<PlacedMessage> messages, MailboxPlace target, Lane lane, CancellationToken ct)
    {
        var moved = await moves.MoveAsync(account, place, messages, target, lane, ct);
        return moved.ToDictionary(m => m.Key, m => m.Value is null ? BatchResult.Failed(m.Key, Astray) : new BatchResult(m.Key, BatchStatus.Ok));
    }

    /// <summary>One COPY; COPYUID (RFC 4315) tells where each went.</summary>
    private async Task<IReadOnlyDictionary<MessageKey, BatchResult>> CopyAsync(
        AccountId account, MailboxPlace place, IReadOnlyList<PlacedMessage> messages, MailboxPlace target, Lane lane, CancellationToken ct)
    {
        var (there, copies) = await pool.RunOnceAsync(account, place.Path, FolderAccess.ReadOnly, lane, async lease =>
        {
            var found = await FindAsync(lease, place, messages);
            if (found.Count == 0) { return (found, new Dictionary<uint, UniqueId>()); }

            var folder = await lease.Store.GetFolderAsync(target.Path, lease.CommandToken);
            lease.HasWritten(target.Path);
            var map = await lease.Folder.CopyToAsync(found, folder, lease.CommandToken);
            return (found, map.ToDictionary(pair => pair.Key.Id, pair => pair.Value));
        }, ct);
        // From here on it has happened.
        var mailbox = await numbers.NumberAsync(account, target.Path, copies.Count > 0 ? copies.Values.First().Validity : target.UidValidity, CancellationToken.None);
        var known = there.Select(u => u.Id).ToHashSet();
        return messages.Where(m => known.Contains(m.Uid)).ToDictionary(
            m => m.Key, m => new BatchResult(m.Key, BatchStatus.Ok, copies.TryGetValue(m.Uid, out var uid) ? new MessageKey(mailbox, uid.Id) : null));
    }

    private async Task<IReadOnlyDictionary<MessageKey, BatchResult>> ExpungeAsync(
        AccountId account, MailboxPlace place, IReadOnlyList<PlacedMessage> messages, Lane lane, CancellationToken ct)
    {
        var there = await pool.RunAsync(account, place.Path, FolderAccess.ReadWrite, lane, async lease =>
        {
            var found = await FindAsync(lease, place, messages);
            if (found.Count > 0) { await DeleteMessage.ExpungeAsync(lease, found); }

            return found.Select(u => u.Id).ToHashSet();
        }, ct);
        var gone = messages.Where(m => there.Contains(m.Uid)).ToList();
        var mailbox = await numbers.NumberAsync(account, place.Path, place.UidValidity, CancellationToken.None);
        await locator.DropAsync(account, mailbox, gone.ConvertAll(m => m.Uid), CancellationToken.None);
        return gone.ToDictionary(m => m.Key, m => new BatchResult(m.Key, BatchStatus.Ok));
    }

    /// <summary>Those that are still there.</summary>
    private static async Task<IList<UniqueId>> FindAsync(MailboxLease lease, MailboxPlace place, IReadOnlyList<PlacedMessage> messages)
    {
        place.ThrowIfMadeAnew(lease);
        var found = await lease.Folder.FetchAsync(UidsOf(place, messages), MessageSummaryItems.UniqueId, lease.CommandToken);
        return [.. found.Select(m => m.UniqueId)];
    }

    private static IList<UniqueId> UidsOf(MailboxPlace place, IReadOnlyList<PlacedMessage> messages) => [.. messages.Select(m => new UniqueId(place.UidValidity, m.Uid))];
}
