using Gateway.Mail.Watching;

namespace Gateway.Features.Events;

/// <summary>The followers that run, each for its subscriber as it is now.</summary>
internal sealed class LogFollowers(EventLog log, Watchers watchers, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private readonly Dictionary<Guid, (string Version, LogFollower Follower, IDisposable Subscriber)> _running = [];

    /// <summary>Ends those that are not wanted any more, or have changed, and starts those that are new.</summary>
    /// <param name="wanted">By id: the version of a subscriber, and how it is made.</param>
    public async Task ReplaceAsync<T>(IReadOnlyDictionary<Guid, (string Version, Func<Task<T>> Make)> wanted, CancellationToken ct) where T : ILogSubscriber, IDisposable
    {
        foreach (var (id, (version, _, _)) in _running.ToList())
        {
            if (!wanted.TryGetValue(id, out var current) || current.Version != version) { await EndAsync(id); }
        }

        foreach (var (id, (_, make)) in wanted)
        {
            if (_running.ContainsKey(id)) { continue; }

            var subscriber = await make();
            var follower = new LogFollower(subscriber, log, watchers, clock, logger);
            _running[id] = (subscriber.Version, follower, subscriber);
            await follower.StartAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _running.Keys.ToList()) { await EndAsync(id); }
    }

    private async Task EndAsync(Guid id)
    {
        var (_, follower, subscriber) = _running[id];
        await follower.DisposeAsync();
        subscriber.Dispose();
        _running.Remove(id);
    }
}
