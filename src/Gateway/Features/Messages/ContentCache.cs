using Gateway.Mail;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Features.Messages;

/// <summary>Messages opened last, rendered, within one budget of memory: going back to one costs a look at its flags.</summary>
internal sealed class ContentCache : IDisposable
{
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>A larger body would push out too many others.</summary>
    private const long MaxEntry = 1024 * 1024;

    private readonly MemoryCache _contents = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    public MessageContent? Find(AccountId account, MessageLocation at) => _contents.Get<MessageContent>((account, at));

    public void Keep(AccountId account, MessageLocation at, MessageContent content)
    {
        if (content.Weight > MaxEntry) { return; }

        _contents.Set((account, at), content, new MemoryCacheEntryOptions { Size = content.Weight, SlidingExpiration = TimeSpan.FromMinutes(10) });
    }

    public void Dispose() => _contents.Dispose();
}
