using Gateway.Mail;

namespace Gateway.Features.Changes;

/// <summary>What has changed in an account since a state.</summary>
/// <param name="Mailboxes">Those in which something has; none when no state was given.</param>
/// <param name="State">To ask from next time.</param>
/// <param name="HasMore">Whether more has changed than this answer holds: ask again, from its state.</param>
public sealed record ChangesAnswer(IReadOnlyList<MailboxChanges> Mailboxes, string State, bool HasMore);

/// <summary>What has changed in one mailbox.</summary>
/// <param name="Id">The mailbox.</param>
/// <param name="Created">Messages that are there and were not; a message that was moved is created here and destroyed there, under one id.</param>
/// <param name="Updated">Messages whose flags or keywords may differ from before.</param>
/// <param name="Destroyed">Messages that were there and are not.</param>
/// <param name="Gone">The mailbox itself was deleted, or made anew under another id.</param>
public sealed record MailboxChanges(
    MailboxId Id, IReadOnlyList<MessageKey> Created, IReadOnlyList<MessageKey> Updated, IReadOnlyList<MessageKey> Destroyed, bool Gone)
{
    internal int Count => Created.Count + Updated.Count + Destroyed.Count + (Gone ? 1 : 0);
}
