using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Makes list rows: what never changes comes from memory when it was read before, flags always from the server.</summary>
internal sealed class MessageRows(ImapPool pool, MessageLocator locator, FactsCache facts)
{
    public const MessageSummaryItems FlagItems = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;
    private static readonly MessageFacts Unknown = new("", [], [], default, null, 0, null, null, null);
    private const MessageSummaryItems FactItems = ListItems.Summary | MessageSummaryItems.PreviewText;

    /// <summary>Rows in the order given.</summary>
    /// <param name="flags">The current flags of each message.</param>
    public async Task<IReadOnlyList<MessageRow>> ReadAsync(
        AccountId account, MailboxId mailbox, MailboxPlace place, IReadOnlyList<MessageState> flags, CancellationToken ct) =>
        [.. (await WithUidsAsync(account, mailbox, place, flags, ct)).Select(found => found.Row)];

    /// <summary>Rows that tell id, mailbox, flags and keywords, and nothing else.</summary>
    public async Task<IReadOnlyList<MessageRow>> FlagsAsync(AccountId account, MailboxId mailbox, IReadOnlyList<MessageState> flags, CancellationToken ct)
    {
        var keys = await locator.KeysAsync(account, mailbox, ct);
        return [.. flags.Select(f => Unknown.Row(keys(f.Uid), mailbox, f.Flags, f.Keywords))];
    }

    /// <summary>The same with the UID of each: its key may be that of another place by the time it is asked for again.</summary>
    public async Task<IReadOnlyList<(uint Uid, MessageRow Row)>> WithUidsAsync(
        AccountId account, MailboxId mailbox, MailboxPlace place, IReadOnlyList<MessageState> flags, CancellationToken ct)
    {
        var missing = flags.Where(f => facts.Find(account, mailbox, f.Uid) is null).Select(f => new UniqueId(place.UidValidity, f.Uid)).ToList();
        if (missing.Count > 0) { await LearnAsync(account, mailbox, place, missing, Freshness.AsLeft, ct); }

        var keys = await locator.KeysAsync(account, mailbox, ct);
        var rows = new List<(uint, MessageRow)>(flags.Count);
        foreach (var message in flags)
        {
            // Absent when it was expunged between the two commands.
            if (facts.Find(account, mailbox, message.Uid) is { } known) { rows.Add((message.Uid, known.Row(keys(message.Uid), mailbox, message.Flags, message.Keywords))); }
        }

        return rows;
    }

    /// <summary>The row of one message with its flags of now.</summary>
    /// <exception cref="MailException">The message was expunged.</exception>
    public async Task<MessageRow> ReadAsync(AccountId account, MessageLocation at, CancellationToken ct) =>
        await ReadAsync(account, [at], ct) is [var row] ? row : throw new MailException(MailFault.MessageGone, "The message was expunged.");

    /// <summary>The rows of messages of one mailbox with their flags of now; those that were expunged have none.</summary>
    public async Task<IReadOnlyList<MessageRow>> ReadAsync(AccountId account, IReadOnlyList<MessageLocation> places, CancellationToken ct)
    {
        var at = places[0];
        var flags = await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([.. places.Select(lease.Uid)], FlagItems, lease.CommandToken), ct);
        var mailbox = await locator.MailboxAsync(account, at, ct);
        return await ReadAsync(account, mailbox, new(at.Path, at.UidValidity), [.. flags.Select(MessageState.Of)], ct);
    }

    /// <summary>Rows of messages of one mailbox by UID, with their flags of now; those that were expunged have none.</summary>
    public async Task<IReadOnlyList<(uint Uid, MessageRow Row)>> NowAsync(
        AccountId account, MailboxId mailbox, MailboxPlace place, IReadOnlyList<uint> uids, CancellationToken ct)
    {
        if (uids.Count == 0) { return []; }

        var flags = await pool.RunAsync(account, place.Path, FolderAccess.ReadOnly, Lane.Interactive, lease =>
        {
            place.ThrowIfMadeAnew(lease);
            return lease.Folder.FetchAsync([.. uids.Select(uid => new UniqueId(place.UidValidity, uid))], FlagItems, lease.CommandToken);
        }, ct);
        return await WithUidsAsync(account, mailbox, place, [.. flags.Select(MessageState.Of)], ct);
    }

    /// <summary>The facts of one message.</summary>
    /// <exception cref="MailException">The message was expunged.</exception>
    public async Task<MessageFacts> FactsAsync(AccountId account, MailboxId mailbox, MessageLocation at, CancellationToken ct)
    {
        if (facts.Find(account, mailbox, at.Uid) is { } known) { return known; }

        await LearnAsync(account, mailbox, new(at.Path, at.UidValidity), [new(at.UidValidity, at.Uid)], Freshness.AsLeft, ct);
        return facts.Find(account, mailbox, at.Uid) ?? throw new MailException(MailFault.MessageGone, "The message was expunged.");
    }

    /// <summary>What messages of the leased mailbox are, and their flags of now. What is not known is not learned: previews are not asked for.</summary>
    /// <param name="isCareful">What a sender has written is not asked for either, since the server cannot describe one of the messages.</param>
    public async Task<IReadOnlyList<(MessageState Now, MessageFacts Facts)>> DescribeAsync(
        MailboxLease lease, AccountId account, MailboxId mailbox, IReadOnlyList<UniqueId> uids, bool isCareful)
    {
        var found = new List<(MessageState, MessageFacts)>(uids.Count);
        foreach (var group in uids.GroupBy(uid => facts.Find(account, mailbox, uid.Id) is not null))
        {
            var items = group.Key ? FlagItems : isCareful ? ListItems.Harmless : ListItems.Summary;
            foreach (var message in await lease.Folder.FetchAsync([.. group], items, lease.CommandToken))
            {
                found.Add((MessageState.Of(message), facts.Find(account, mailbox, message.UniqueId.Id) ?? MessageFacts.Of(message)));
            }
        }

        return found;
    }

    /// <summary>A moved message is the same bytes: what is known of it goes along.</summary>
    public void Follow(AccountId account, MailboxId from, uint fromUid, MailboxId to, uint toUid)
    {
        if (facts.Find(account, from, fromUid) is { } known) { facts.Keep(account, to, toUid, known); }
    }

    /// <summary>Reads the facts of messages; one that breaks the answer is found by halving and becomes a marked row.</summary>
    private async Task LearnAsync(
        AccountId account, MailboxId mailbox, MailboxPlace place, List<UniqueId> uids, Freshness freshness, CancellationToken ct)
    {
        try
        {
            var found = await pool.RunAsync(account, place.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
            {
                var summaries = await lease.Folder.FetchAsync(uids, FactItems, lease.CommandToken);
                foreach (var summary in summaries)
                {
                    var learned = MessageFacts.Of(summary);
                    facts.Keep(account, mailbox, summary.UniqueId.Id, learned.Preview is null ? learned with { Preview = await OwnPreview.ReadAsync(lease, summary.UniqueId, learned) } : learned);
                }

                return summaries;
            }, ct, freshness);

            if (freshness == Freshness.OfNow || found.Count >= uids.Count) { return; }

            // Expunged, or this session has not heard of them yet.
            var rest = uids.Except(found.Select(f => f.UniqueId)).ToList();
            if (rest.Count > 0) { await LearnAsync(account, mailbox, place, rest, Freshness.OfNow, ct); }
        }
        catch (MailException error) when (IsAboutOne(error) && uids.Count > 1)
        {
            var half = uids.Count / 2;
            await LearnAsync(account, mailbox, place, [.. uids.Take(half)], freshness, ct);
            await LearnAsync(account, mailbox, place, [.. uids.Skip(half)], freshness, ct);
        }
        catch (MailException error) when (IsAboutOne(error))
        {
            facts.Keep(account, mailbox, uids[0].Id, await UnreadableRow.ReadAsync(pool, account, place, uids[0], ct));
        }
    }

    /// <summary>One message may be why nothing came: its description breaks the answer, or the server refuses to give it.</summary>
    public static bool IsAboutOne(MailException error) => error.Fault is MailFault.Protocol or MailFault.Rejected;
}
