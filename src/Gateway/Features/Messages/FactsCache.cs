using Gateway.Mail;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Features.Messages;

/// <summary>The facts of the messages listed last, over all accounts, within one budget.</summary>
internal sealed class FactsCache : IDisposable
{
    /// <summary>In attachments and messages, which take about 1 KB each.</summary>
    private const int MaxItems = 60_000;

    private readonly MemoryCache _facts = new(new MemoryCacheOptions { SizeLimit = MaxItems });

    public MessageFacts? Find(AccountId account, MailboxId mailbox, uint uid) => _facts.Get<MessageFacts>((account, mailbox, uid));

    public void Keep(AccountId account, MailboxId mailbox, uint uid, MessageFacts facts) =>
        _facts.Set((account, mailbox, uid), facts, new MemoryCacheEntryOptions
        {
            Size = 1 + (facts.Outline?.Parts.Attachments.Count ?? 0), SlidingExpiration = TimeSpan.FromHours(1),
        });

    public void Dispose() => _facts.Dispose();
}
