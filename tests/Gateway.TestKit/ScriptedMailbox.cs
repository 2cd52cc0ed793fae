namespace Gateway.TestKit;

/// <summary>One mailbox of a scripted server. Each change is told at once to the sessions that idle in it, and to the others with their next command.</summary>
public sealed class ScriptedMailbox(ScriptedImapServer server, string path)
{
    private readonly Lock _lock = new();
    private ScriptedMessage[] _messages = [];

    public string Path { get; } = path;

    public uint UidValidity { get; set; } = 7;

    public uint UidNext { get; set; } = 1;

    public IReadOnlyList<ScriptedMessage> Messages => _messages;

    /// <summary>Adds a message and tells nobody; for filling a mailbox before a test begins.</summary>
    public uint Add(string subject, string flags = "", string fields = "", string? html = null)
    {
        lock (_lock)
        {
            _messages = [.. _messages, new(UidNext, subject, flags, fields, html)];
            return UidNext++;
        }
    }

    public async Task<uint> DeliverAsync(string subject)
    {
        var uid = Add(subject);
        await server.TellAsync(this);
        return uid;
    }

    public Task ExpungeAsync(params uint[] uids) => ChangeAsync(all => all.Where(m => !uids.Contains(m.Uid)));

    public Task FlagAsync(uint uid, string flags) => ChangeAsync(all => all.Select(m => m.Uid == uid ? m with { Flags = flags } : m));

    public Task ChangeAsync(Func<IEnumerable<ScriptedMessage>, IEnumerable<ScriptedMessage>> change)
    {
        lock (_lock) { _messages = [.. change(_messages)]; }

        return server.TellAsync(this);
    }
}
