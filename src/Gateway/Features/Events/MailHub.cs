using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Microsoft.AspNetCore.SignalR;

namespace Gateway.Features.Events;

/// <summary>The event log over SignalR.</summary>
internal sealed class MailHub(HubSubscriptions subscriptions, EventLog log, IAccountDirectory directory, Watchers watchers) : Hub<IMailHubClient>
{
    public const string Path = "/hubs/events";

    private Caller Caller => (Context.User as CallerPrincipal)?.Caller ?? throw new HubException("unauthenticated");

    /// <summary>Follows an account from a cursor on, or from now. Answers the cursor it starts after.</summary>
    public async Task<string> Subscribe(string accountId, string? sinceCursor)
    {
        var account = AccountOf(accountId);
        if (!Caller.May(Scopes.MailRead)) { throw new HubException("insufficient-scope"); }

        if (await directory.FindAsync(account, Context.ConnectionAborted) is null) { throw new HubException("account-not-found"); }

        long after;
        if (sinceCursor is null) { after = await log.LastAsync(account, Context.ConnectionAborted); }
        else if (EventCursor.TryParse(sinceCursor, out var cursor) && cursor.Account == account) { after = cursor.Number; }
        else { throw new HubException("malformed-cursor"); }

        await subscriptions.AddAsync(Context.ConnectionId, account, after);
        // What a client lists after this answer and what it is told from then on leave no gap between them.
        await watchers.SettleAsync(account, Context.ConnectionAborted);
        return new EventCursor(account, after).ToString();
    }

    public Task Unsubscribe(string accountId) => subscriptions.RemoveAsync(Context.ConnectionId, AccountOf(accountId));

    public override Task OnConnectedAsync()
    {
        subscriptions.Connect(Context, Caller.Session);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception) => subscriptions.DisconnectAsync(Context.ConnectionId);

    private AccountId AccountOf(string accountId)
    {
        if (accountId == "me" && Caller.Me is { } me) { return me; }

        return AccountId.TryParse(accountId, null, out var account) && Caller.Reaches(account) ? account : throw new HubException("account-not-found");
    }
}
