namespace Gateway.Features.Events;

/// <summary>What the hub calls at a client.</summary>
public interface IMailHubClient
{
    /// <summary>Something happened in an account the client subscribed to. Events of one account come in order; after a reconnect some may come twice.</summary>
    Task Event(MailEvent happened);

    /// <summary>The stream of this account ended: list again and subscribe anew without a cursor.</summary>
    Task CursorExpired(string accountId);
}
