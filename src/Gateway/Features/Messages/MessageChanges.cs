using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Messages;

/// <summary>Tells the event log of what we changed ourselves, where no watcher will see it and tell.</summary>
internal sealed class MessageChanges(EventLog log, Watchers watchers, MessageRows rows, TimeProvider clock)
{
    public Task UpdatedAsync(AccountId account, string path, IReadOnlyList<MessageFlagsState> states, CancellationToken ct) =>
        AppendAsync(account, path, EventTypes.MessageUpdated, states, ct);

    public Task DeletedAsync(AccountId account, string path, IReadOnlyList<MessageRemoval> removals, CancellationToken ct) =>
        AppendAsync(account, path, EventTypes.MessageDeleted, removals, ct);

    /// <summary>Tells of messages that we put somewhere.</summary>
    public async Task ArrivedAsync(AccountId account, IReadOnlyList<MessageLocation> places, CancellationToken ct)
    {
        if (places.Count == 0 || !AreOurs(account, places[0].Path)) { return; }

        await AppendAsync(account, places[0].Path, EventTypes.MessageCreated, await rows.ReadAsync(account, places, ct), ct);
    }

    /// <summary>Somebody follows the account, and no watcher sees this mailbox.</summary>
    public bool AreOurs(AccountId account, string path) => watchers.IsHeld(account) && !watchers.IsWatching(account, path);

    private Task AppendAsync(AccountId account, string path, string type, IReadOnlyList<object> data, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return AreOurs(account, path) ? log.AppendAsync(account, [.. data.Select(one => new NewEvent(type, one, now, now))], ct) : Task.CompletedTask;
    }
}
