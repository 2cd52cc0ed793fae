namespace Gateway.Mail.Watching;

/// <summary>Takes what the watchers see, in the order it happened in each mailbox, and keeps what it has told of each.</summary>
public interface IMailboxEventSink
{
    /// <summary>Tells what happened, but for what was told already. Together with it, what is told of the mailbox moves on: after a crash both are there or neither is.</summary>
    ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct);

    /// <summary>Which mailboxes there are, each time they are looked at: what came, went or was renamed is told before anything that is in them.</summary>
    /// <param name="mailboxes">UIDVALIDITY by path; 0 for those that hold no messages.</param>
    ValueTask ListedAsync(AccountId account, IReadOnlyDictionary<string, uint> mailboxes, CancellationToken ct);

    /// <summary>What was told of this mailbox, by this process or an earlier one; null when it was never watched.</summary>
    ValueTask<MailboxSnapshot?> ToldAsync(AccountId account, string path, uint uidValidity, CancellationToken ct);

    /// <summary>What the mailbox holds now was there before anybody watched it: what happens to it is told from here on.</summary>
    ValueTask BeginAsync(AccountId account, string path, uint uidValidity, MailboxSnapshot now, CancellationToken ct);
}
