using System.Text.Json;
using Gateway.Mail;

namespace Gateway.Features.Events;

/// <summary>A fact of the event log, in the one shape that every reader gets.</summary>
/// <param name="Id">The event's cursor: hand it back to go on after this event.</param>
/// <param name="Type">What kind of fact it is: <c>message.created</c>, <c>message.updated</c>, <c>message.moved</c>, <c>message.deleted</c>, <c>mailbox.created</c>, <c>mailbox.renamed</c>, <c>mailbox.deleted</c>, <c>mailbox.counts</c>, <c>account.state</c> or <c>submission.state</c>; more may come.</param>
/// <param name="OccurredAt">When it happened, as far as the mail server tells.</param>
/// <param name="DetectedAt">When this server learned of it.</param>
/// <param name="Data">What happened, in the shape of the event's type.</param>
public sealed record MailEvent(
    string Id, string Type, AccountId AccountId, DateTimeOffset OccurredAt, DateTimeOffset DetectedAt, JsonElement Data);
