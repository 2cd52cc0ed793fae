using System.Collections.Concurrent;
using Gateway.Mail.Watching;

namespace Gateway.Mail.Tests.Watching;

/// <summary>Keeps what the watchers tell.</summary>
internal sealed class RecordingSink : IMailboxEventSink
{
    private readonly ConcurrentQueue<MailboxEvent> _events = new();

    public IReadOnlyList<MailboxEvent> Events => [.. _events];

    public IEnumerable<uint> Created => _events.OfType<MessagesCreated>().SelectMany(e => e.Messages).Select(m => m.UniqueId.Id);

    public IEnumerable<uint> Vanished => _events.OfType<MessagesVanished>().SelectMany(e => e.Uids);

    public IEnumerable<MessageState> Changed => _events.OfType<FlagsChanged>().SelectMany(e => e.Changes);

    /// <summary>Done before an event counts as told; a test puts what goes wrong there.</summary>
    public Func<MailboxEvent, Task> Publishing { get; set; } = _ => Task.CompletedTask;

    /// <summary>What was told of each mailbox, as a process that comes later finds it.</summary>
    public ConcurrentDictionary<(string Path, uint UidValidity), MailboxSnapshot> Told { get; init; } = new();

    /// <summary>The mailboxes as they were listed last.</summary>
    public IReadOnlyDictionary<string, uint> Listed { get; private set; } = new Dictionary<string, uint>();

    /// <summary>Done before a listing counts as taken.</summary>
    public Func<Task> Listing { get; set; } = () => Task.CompletedTask;

    public async ValueTask ListedAsync(AccountId account, IReadOnlyDictionary<string, uint> mailboxes, CancellationToken ct)
    {
        await Listing();
        Listed = mailboxes;
    }

    public ValueTask<MailboxSnapshot?> ToldAsync(AccountId account, string path, uint uidValidity, CancellationToken ct) => new(Told.GetValueOrDefault((path, uidValidity)));

    public ValueTask BeginAsync(AccountId account, string path, uint uidValidity, MailboxSnapshot now, CancellationToken ct)
    {
        Told[(path, uidValidity)] = now;
        return default;
    }

    public async ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct)
    {
        await Publishing(happened);
        _events.Enqueue(happened);
        if (Told.TryGetValue((happened.Path, happened.UidValidity), out var told)) { Told[(happened.Path, happened.UidValidity)] = happened.After(told); }
    }
}
