using System.Collections.Concurrent;
using Gateway.Features.Session;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Microsoft.AspNetCore.SignalR;

namespace Gateway.Features.Events;

/// <summary>Which hub connection follows which account: each pair reads the log at its own pace, and keeps the account watched.</summary>
internal sealed partial class HubSubscriptions
{
    private readonly ConcurrentDictionary<string, Connection> _connections = new();
    private readonly EventLog _log;
    private readonly Watchers _watchers;
    private readonly IHubContext<MailHub, IMailHubClient> _hub;
    private readonly ILogger<HubSubscriptions> _logger;

    public HubSubscriptions(EventLog log, Watchers watchers, IHubContext<MailHub, IMailHubClient> hub, Sessions sessions, ILogger<HubSubscriptions> logger)
    {
        (_log, _watchers, _hub, _logger) = (log, watchers, hub, logger);
        sessions.Closed += Abort;
    }

    public void Connect(HubCallerContext context, Guid? session) => _connections[context.ConnectionId] = new(context, session);

    public async Task AddAsync(string connectionId, AccountId account, long after)
    {
        if (!_connections.TryGetValue(connectionId, out var connection)) { return; }

        await RemoveAsync(connectionId, account);
        var subscription = new Subscription(_watchers.Hold(account), CancellationTokenSource.CreateLinkedTokenSource(connection.Context.ConnectionAborted));
        connection.Subscriptions[account] = subscription;
        subscription.Running = RelayAsync(connection, account, after, subscription.Stop.Token);
        // Gone meanwhile: its disconnecting may have passed this subscription by.
        if (connection.Context.ConnectionAborted.IsCancellationRequested) { await RemoveAsync(connection, account); }
    }

    public async Task RemoveAsync(string connectionId, AccountId account)
    {
        if (_connections.TryGetValue(connectionId, out var connection)) { await RemoveAsync(connection, account); }
    }

    public async Task DisconnectAsync(string connectionId)
    {
        if (!_connections.TryRemove(connectionId, out var connection)) { return; }

        foreach (var account in connection.Subscriptions.Keys) { await RemoveAsync(connection, account); }
    }

    private static async Task RemoveAsync(Connection connection, AccountId account)
    {
        if (connection.Subscriptions.TryRemove(account, out var subscription)) { await subscription.DisposeAsync(); }
    }

    private async Task RelayAsync(Connection connection, AccountId account, long after, CancellationToken ct)
    {
        var client = _hub.Clients.Client(connection.Context.ConnectionId);
        try
        {
            await foreach (var happened in _log.TailAsync(account, after, ct)) { await client.Event(happened); }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client left.
        }
        catch (CursorExpiredException) { await client.CursorExpired(account.ToString()); }
        catch (Exception error)
        {
            Log.RelayFailed(_logger, error, account);
            connection.Context.Abort(); // a client that believes itself subscribed would hear nothing: it comes back with its cursor
        }
    }

    /// <summary>A session that is signed out hears nothing more.</summary>
    private void Abort(Guid session)
    {
        foreach (var connection in _connections.Values.Where(c => c.Session == session)) { connection.Context.Abort(); }
    }

    private sealed record Connection(HubCallerContext Context, Guid? Session)
    {
        public ConcurrentDictionary<AccountId, Subscription> Subscriptions { get; } = new();
    }

    private sealed record Subscription(IAsyncDisposable Hold, CancellationTokenSource Stop) : IAsyncDisposable
    {
        public Task Running { get; set; } = Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Running;
            await Hold.DisposeAsync();
            Stop.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The relay of account {Account} to a hub connection ended")]
        public static partial void RelayFailed(ILogger logger, Exception error, AccountId account);
    }
}
