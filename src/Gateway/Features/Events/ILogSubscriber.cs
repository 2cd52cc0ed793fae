using Gateway.Mail;

namespace Gateway.Features.Events;

/// <summary>Somebody who is told of events one by one, and keeps a durable place in the log of each account.</summary>
internal interface ILogSubscriber
{
    Guid Id { get; }

    /// <summary>Differs when it is to be told other events, or from another place on.</summary>
    string Version { get; }

    bool Follows(AccountId account);

    /// <summary>How far it has read in each account it follows.</summary>
    Task<Dictionary<AccountId, long>> PlacesAsync(CancellationToken ct);

    bool Wants(MailEvent happened);

    /// <summary>Tells it, and moves its place on to this event.</summary>
    Task TellAsync(MailEvent happened, long number, CancellationToken ct);

    /// <summary>Moves its place on over events it does not want.</summary>
    Task MoveAsync(AccountId account, long number, CancellationToken ct);
}
