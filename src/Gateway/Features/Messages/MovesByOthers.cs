using Gateway.Features.Events;
using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;
using MailKit.Search;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Features.Messages;

/// <summary>
/// Finds a message again that is not where it was: another program moved it, or its mailbox was made anew. Moved messages keep
/// their Message-ID, size and arrival, and those of the messages listed last are remembered.
/// </summary>
internal sealed class MovesByOthers(ImapPool pool, MailboxTree tree, MailboxNumbers numbers, MessageLocator locator, FactsCache facts, MoveTelling telling) : IDisposable
{
    private const int MaxMisses = 10_000;

    /// <summary>A message that was found nowhere is not looked for again at once: it takes a search of every mailbox.</summary>
    private static readonly TimeSpan MissedFor = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _misses = new(new MemoryCacheOptions { SizeLimit = MaxMisses });

    /// <summary>Lets the key follow. False when the message is in no mailbox, or nothing of it is remembered.</summary>
    public async Task<bool> FollowAsync(AccountId account, MessageKey message, CancellationToken ct)
    {
        if (_misses.TryGetValue((account, message), out _) || await locator.FindAsync(account, message, ct) is not { } old) { return false; }

        var from = await locator.MailboxAsync(account, old, ct);
        if (facts.Find(account, from, old.Uid) is { Outline.MessageIdHeader: { Length: > 0 } id } known)
        {
            foreach (var mailbox in await tree.ReadAsync(account, Lane.Interactive, ct))
            {
                if (mailbox is not { Selectable: true, Total: > 0, Role: not (MailboxRole.All or MailboxRole.Flagged) }) { continue; }

                if (await numbers.FindAsync(account, mailbox.Id, ct) is { } place && place != new MailboxPlace(old.Path, old.UidValidity)
                    && await FindAsync(account, mailbox.Id, place, id, known, ct) is { } now)
                {
                    facts.Keep(account, mailbox.Id, now.Uid, known);
                    await telling.TellAsync(account, from, mailbox.Id, [new(old.Uid, now, known.Row(message, mailbox.Id, now.Flags, now.Keywords))], CancellationToken.None);
                    return true;
                }
            }
        }

        _misses.Set((account, message), true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MissedFor });
        return false;
    }

    public void Dispose() => _misses.Dispose();

    /// <summary>One that has a key of its own is another message, or a copy.</summary>
    private async Task<MessageState?> FindAsync(AccountId account, MailboxId mailbox, MailboxPlace place, string id, MessageFacts known, CancellationToken ct)
    {
        var keys = await locator.KeysAsync(account, mailbox, ct);
        try
        {
            return await pool.RunAsync(account, place.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
            {
                place.ThrowIfMadeAnew(lease);
                var found = await lease.Folder.SearchAsync(SearchQuery.HeaderContains("Message-Id", id), lease.CommandToken);
                if (found.Count == 0) { return (MessageState?)null; }

                var same = await lease.Folder.FetchAsync(found, ListItems.Harmless, lease.CommandToken);
                return same.Where(m => m.Size == known.Size && m.InternalDate == known.ReceivedAt && keys(m.UniqueId.Id) == new MessageKey(mailbox, m.UniqueId.Id))
                    .OrderBy(m => m.UniqueId.Id).Select(m => (MessageState?)MessageState.Of(m)).LastOrDefault();
            }, ct);
        }
        catch (MailException gone) when (gone.Fault == MailFault.MailboxGone) { return null; } // deleted since the tree was read
    }
}

internal static class MovesByOthersFilter
{
    /// <summary>Where a message is gone from its place, looks for it elsewhere before saying so.</summary>
    public static RouteGroupBuilder FollowMoves(this RouteGroupBuilder routes)
    {
        routes.AddEndpointFilter(async (context, next) =>
        {
            try { return await next(context); }
            catch (MailException gone) when (gone.Fault == MailFault.MessageGone && !context.HttpContext.Response.HasStarted)
            {
                var http = context.HttpContext;
                var (account, message) = (context.Arguments.OfType<AccountId>().FirstOrDefault(), context.Arguments.OfType<MessageKey>().Cast<MessageKey?>().FirstOrDefault());
                if (message is not { } key || !await http.RequestServices.GetRequiredService<MovesByOthers>().FollowAsync(account, key, http.RequestAborted)) { throw; }

                return await next(context);
            }
        });
        return routes;
    }
}
