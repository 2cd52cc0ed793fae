using Gateway.Mail;

namespace Gateway.Features.Threads;

/// <summary>The conversations of an account: messages that name each other, in whatever mailbox, belong together (the core of JWZ threading, as in RFC 5256).</summary>
/// <remarks>Subjects join nothing: two strangers who write "Hello" have no conversation.</remarks>
internal sealed class ThreadGroups
{
    private readonly Dictionary<ulong, ulong> _above = [];
    private readonly Dictionary<MessageKey, ulong> _threads = [];
    private readonly Dictionary<ulong, List<MessageKey>> _messages = [];

    /// <param name="messages">Every message by its place.</param>
    public ThreadGroups(IReadOnlyCollection<(MessageKey Place, ThreadNode Node)> messages)
    {
        foreach (var (_, node) in messages)
        {
            foreach (var reference in node.References) { Join(node.Id, reference); }
        }

        foreach (var group in messages.GroupBy(m => Root(m.Node.Id)))
        {
            // Within a second what answers more comes later. Its id is that of what began it, as the oldest message there is says: it stays when others come.
            var members = group.OrderBy(m => m.Node.ReceivedAt).ThenBy(m => m.Node.References.Length).ThenBy(m => m.Place.Mailbox.Number).ThenBy(m => m.Place.Uid).ToList();
            var oldest = members[0].Node;
            var id = oldest.References.Length > 0 ? oldest.References[0] : oldest.Id;
            _messages[id] = members.ConvertAll(m => m.Place);
            foreach (var member in members) { _threads[member.Place] = id; }
        }
    }

    public ulong? ThreadOf(MessageKey place) => _threads.TryGetValue(place, out var thread) ? thread : null;

    /// <summary>The places of a conversation's messages, oldest first; none when there is no such conversation.</summary>
    public IReadOnlyList<MessageKey> MessagesOf(ulong thread) => _messages.GetValueOrDefault(thread) ?? [];

    private ulong Root(ulong id)
    {
        var root = id;
        while (_above.TryGetValue(root, out var above) && above != root) { root = above; }

        for (var at = id; at != root;) // a long chain is walked once
        {
            var above = _above[at];
            _above[at] = root;
            at = above;
        }

        return root;
    }

    private void Join(ulong left, ulong right)
    {
        var (one, other) = (Root(left), Root(right));
        if (one != other) { _above[one] = other; }
    }
}
