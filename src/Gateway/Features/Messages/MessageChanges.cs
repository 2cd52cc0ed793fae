using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Messages;

/// <summary>Tells the event log of what we changed ourselves, where no watcher will see it and tell.</summary>
internal sealed class MessageChanges(EventLog log, Watchers watchers, TimeProvider clock)
{
    public Task UpdatedAsync(AccountId account, string path, MessageFlagsState state, CancellationToken ct) =>
        AppendAsync(account, path, EventTypes.MessageUpdated, state, ct);

    public Task CreatedAsync(AccountId account, string path, MessageRow row, CancellationToken ct) =>
        AppendAsync(account, path, EventTypes.MessageCreated, row, ct);

    public Task DeletedAsync(AccountId account, string path, MessageRemoval removal, CancellationToken ct) =>
        AppendAsync(account, path, EventTypes.MessageDeleted, removal, ct);

    /// <summary>Somebody follows the account, and no watcher sees this mailbox.</summary>
    public bool AreOurs(AccountId account, string path) => watchers.IsHeld(account) && !watchers.IsWatching(account, path);

    private Task AppendAsync(AccountId account, string path, string type, object data, CancellationToken ct) =>
        AreOurs(account, path) ? log.AppendAsync(account, type, data, clock.GetUtcNow(), ct) : Task.CompletedTask;
}
