namespace Gateway.Mail.Watching;

/// <summary>Takes what the watchers see, in the order it happened in each mailbox.</summary>
public interface IMailboxEventSink
{
    ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct);
}
