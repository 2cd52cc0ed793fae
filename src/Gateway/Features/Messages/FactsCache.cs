using Gateway.Mail;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Features.Messages;

/// <summary>The facts of the messages listed last, over all accounts, within one budget.</summary>
internal sealed class FactsCache : IDisposable
{
    /// <summary>About 1 KB a message.</summary>
    private const int MaxMessages = 40_000;

    private readonly MemoryCache _facts = new(new MemoryCacheOptions { SizeLimit = MaxMessages });

    public MessageFacts? Find(AccountId account, MailboxId mailbox, uint uid) => _facts.Get<MessageFacts>((account, mailbox, uid));

    public void Keep(AccountId account, MailboxId mailbox, uint uid, MessageFacts facts) =>
        _facts.Set((account, mailbox, uid), facts, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });

    public void Dispose() => _facts.Dispose();
}
