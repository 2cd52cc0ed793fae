using System.Collections.Concurrent;
using Gateway.Mail.Connecting;

namespace Gateway.Mail.Imap;

/// <summary>A pace for each IMAP server, so that one that swallows connects holds up nobody but its own accounts.</summary>
internal sealed class ConnectPaces(int perSecond, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<(string Host, int Port), ConnectPace> _servers = new();

    public ConnectPace Of(ServerAddress server) => _servers.GetOrAdd((server.Host.ToLowerInvariant(), server.Port), _ => new(perSecond, clock));

    public void Dispose()
    {
        foreach (var pace in _servers.Values) { pace.Dispose(); }
    }
}
