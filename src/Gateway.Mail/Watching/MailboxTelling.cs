using Gateway.Mail.Imap;
using MailKit;
using MailKit.Search;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Watching;

/// <summary>Tells what happens in one mailbox.</summary>
internal sealed class MailboxTelling(AccountId account, string path, IMailboxEventSink sink, TimeProvider clock, ILogger logger)
{
    private readonly PatientSink _sink = new(sink, clock, logger);
    private bool _careful;

    /// <summary>Tells how the mailbox differs from what was told of it, each change once.</summary>
    /// <param name="counts">Whether the counts are told as well; they always are when there was more than is told one by one.</param>
    public async Task TellDifferencesAsync(MailboxLease lease, MailboxDifferences differences, MailboxSnapshot now, bool counts, CancellationToken ct)
    {
        var (validity, detectedAt, told) = (lease.UidValidity, clock.GetUtcNow(), differences.Cut());
        // Published after the fetch, since a link that breaks there must leave nothing half told: the next resync tells it all again.
        var arrived = told.Arrived.Count == 0 ? [] : await FetchAsync(lease, Among(told.Arrived, validity), told.Arrived.ToHashSet().Contains);
        await TellAsync(validity, told.Vanished, told.Changed, arrived, detectedAt, ct);
        if (counts || differences.IsTooMuch) { await _sink.PublishAsync(new MailboxCounted(account, path, validity, detectedAt, now, differences.IsTooMuch), ct); }
    }

    public async Task TellAsync(
        uint validity, IReadOnlyList<uint> vanished, IReadOnlyList<MessageState> changed, IReadOnlyList<IMessageSummary> arrived, DateTimeOffset detectedAt, CancellationToken ct)
    {
        if (vanished.Count > 0) { await _sink.PublishAsync(new MessagesVanished(account, path, validity, detectedAt, vanished), ct); }

        if (changed.Count > 0) { await _sink.PublishAsync(new FlagsChanged(account, path, validity, detectedAt, changed), ct); }

        if (arrived.Count > 0) { await _sink.PublishAsync(new MessagesCreated(account, path, validity, detectedAt, arrived), ct); }
    }

    /// <summary>The mailbox was not watched before under this UIDVALIDITY.</summary>
    /// <param name="isAnew">It was under another.</param>
    public async Task BeginAsync(uint validity, MailboxSnapshot now, bool isAnew, CancellationToken ct)
    {
        await sink.BeginAsync(account, path, validity, now, ct);
        if (isAnew) { await _sink.PublishAsync(new MailboxReset(account, path, validity, clock.GetUtcNow(), now), ct); }
    }

    /// <summary>One message whose description cannot be read costs the link: the next time is for what no message can spoil, so that it hides no other.</summary>
    public async Task<IReadOnlyList<IMessageSummary>> FetchAsync(MailboxLease lease, IList<UniqueId> uids, Func<uint, bool> isWanted)
    {
        var items = _careful ? ListItems.Harmless : ListItems.Summary;
        _careful = true;
        var found = await lease.Folder.FetchAsync(uids, items, lease.CommandToken);
        _careful = false;
        // "n:*" always names the last message, even one that is not beyond (RFC 9051 section 6.4.9); and a server may tell of others meanwhile.
        return [.. found.Where(m => isWanted(m.UniqueId.Id)).OrderBy(m => m.UniqueId.Id).DistinctBy(m => m.UniqueId.Id)];
    }

    private static UniqueIdSet Among(IReadOnlyList<uint> uids, uint validity)
    {
        var set = new UniqueIdSet(validity, SortOrder.Ascending);
        foreach (var uid in uids) { set.Add(new(validity, uid)); }

        return set;
    }
}
