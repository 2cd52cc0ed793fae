namespace Gateway.Mail.Watching;

/// <summary>Takes what the watchers see, in the order it happened in each mailbox.</summary>
public interface IMailboxEventSink
{
    ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct);

    /// <summary>Up to which UID the arrivals of this mailbox were told, by this process or an earlier one; null when it was never watched.</summary>
    ValueTask<uint?> ToldUpToAsync(AccountId account, string path, uint uidValidity, CancellationToken ct);

    /// <summary>What the mailbox holds now was there before anybody watched it: arrivals are told from here on.</summary>
    ValueTask BeginAsync(AccountId account, string path, uint uidValidity, uint lastUid, CancellationToken ct);
}
