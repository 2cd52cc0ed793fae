using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gateway.Mail;
using MailKit;

namespace Gateway.Features.Threads;

/// <summary>What of a message says which conversation it belongs to, as hashes.</summary>
/// <param name="Id">Of its Message-ID, or of the server's own thread id.</param>
/// <param name="References">Of what it answers, oldest first: the root and the parents.</param>
/// <param name="ReceivedAt">Seconds since 1970.</param>
internal readonly record struct ThreadNode(ulong Id, ulong[] References, long ReceivedAt)
{
    /// <summary>Longer chains are joined by their ends: what lies between names the same root.</summary>
    private const int MaxReferences = 20;

    private const MessageSummaryItems ByHeader = MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Envelope | MessageSummaryItems.References;

    public static MessageSummaryItems Items(NativeThreads native) => native switch
    {
        NativeThreads.ObjectId => MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.ThreadId,
        NativeThreads.Gmail => MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.GMailThreadId,
        _ => ByHeader,
    };

    /// <summary>Whether the server told which conversation it belongs to; some write NIL where an id belongs.</summary>
    public static bool IsNative(IMessageSummary message) => message.ThreadId is { Length: > 0 } and not "NIL" || message.GMailThreadId is not null;

    /// <remarks>The account is hashed in: nobody can make messages that meet in it by chance.</remarks>
    public static ThreadNode Of(AccountId account, MailboxId mailbox, IMessageSummary message)
    {
        var received = (message.InternalDate ?? default).ToUnixTimeSeconds();
        if (message.ThreadId is { Length: > 0 } and not "NIL" and var thread) { return new(Hash(account, "thread " + thread), [], received); }

        if (message.GMailThreadId is { } gmail) { return new(Hash(account, $"thread {gmail}"), [], received); }

        var references = (message.References ?? []).AsEnumerable();
        if (message.Envelope?.InReplyTo is { Length: > 0 } parent) { references = references.Append(parent); }

        var named = references.Distinct().ToList();
        if (named.Count > MaxReferences) { named = [named[0], .. named.TakeLast(MaxReferences - 1)]; }

        // One without an id is a conversation of its own: nothing can refer to it. Two mailboxes count their UIDs alike, and mail comes to both within a second.
        var own = message.Envelope?.MessageId is { Length: > 0 } id ? id : $"none {mailbox} {message.UniqueId} {received}";
        return new(Hash(account, own), [.. named.Select(reference => Hash(account, reference))], received);
    }

    private static ulong Hash(AccountId account, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{account} {id}"), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
