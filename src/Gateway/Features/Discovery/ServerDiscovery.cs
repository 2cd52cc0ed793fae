using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

/// <summary>Finds the mail servers of an address.</summary>
internal sealed class ServerDiscovery(
    KnownProviders known, SrvLookup srv, AutoconfigLookup autoconfig, MxLookup mx, IOptions<DiscoveryOptions> options, TimeProvider clock) : IDisposable
{
    private const int RememberedDomains = 10_000;

    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = RememberedDomains });

    /// <summary>Null when nothing was found within the deadline. Never throws for what the outside answers.</summary>
    public async Task<DiscoveredServers?> FindAsync(string email, CancellationToken ct)
    {
        if (EmailParts.Read(email) is not { } address) { return null; }

        var found = known.Find(address.Domain) ?? _remembered.Get<FoundServers>(address.Domain);
        if (found is null && options.Value.Lookups)
        {
            found = await LookUpAsync(address, ct);
            if (found is { IsForEveryone: true })
            {
                _remembered.Set(address.Domain, found, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = options.Value.Remembered });
            }
        }

        return found?.For(address);
    }

    public void Dispose() => _remembered.Dispose();

    /// <summary>Asks everyone at once. The best source that names both servers wins, else the best that names any.</summary>
    private async Task<FoundServers?> LookUpAsync(EmailParts address, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.Value.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        Task<FoundServers?>[] bestFirst =
        [
            TryAsync(srv.FindAsync, address, both.Token),
            TryAsync(autoconfig.FindAsync, address, both.Token),
            TryAsync((a, token) => autoconfig.FindInIspdbAsync(a.Domain, token), address, both.Token),
            TryAsync(mx.FindAsync, address, both.Token),
        ];
        FoundServers? best = null;
        foreach (var lookup in bestFirst)
        {
            var found = await lookup;
            best = best is null || found is { IsComplete: true } ? found ?? best : best;
            if (best is { IsComplete: true }) { break; }
        }

        await both.CancelAsync();
        await Task.WhenAll(bestFirst);
        ct.ThrowIfCancellationRequested();
        return best;
    }

    private static async Task<FoundServers?> TryAsync(
        Func<EmailParts, CancellationToken, Task<FoundServers?>> lookup, EmailParts address, CancellationToken ct)
    {
        try { return await lookup(address, ct); }
        catch (Exception error) when (LookupFailure.IsOne(error)) { return null; }
    }
}
