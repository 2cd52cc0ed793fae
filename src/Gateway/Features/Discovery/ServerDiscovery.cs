#pragma warning disable CA1822
namespace Gateway.Features.Discovery;

/// <summary>Finds the mail servers of an address.</summary>
internal sealed class ServerDiscovery
{
    public Task<DiscoveredServers?> FindAsync(string email, CancellationToken ct) => Task.FromResult<DiscoveredServers?>(null);
}
