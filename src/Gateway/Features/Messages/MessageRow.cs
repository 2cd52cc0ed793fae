using Gateway.Features.Threads;
using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>A message as a list shows it.</summary>
/// <param name="Subject">Its Subject header, decoded; empty when there is none.</param>
/// <param name="From">Whom it says it is from: never proof.</param>
/// <param name="To">Whom it is addressed to.</param>
/// <param name="ReceivedAt">When it reached the mailbox (IMAP's internal date).</param>
/// <param name="SentAt">What its Date header says; absent when that cannot be read.</param>
/// <param name="Size">Bytes of the raw message.</param>
/// <param name="Flags">Its system flags.</param>
/// <param name="Keywords">Its user flags.</param>
/// <param name="Preview">The beginning of its text.</param>
/// <param name="HasAttachments">Whether anything is attached that its text does not show.</param>
/// <param name="Defects">What is wrong with the message, if anything.</param>
/// <param name="ThreadId">The conversation it belongs to, where conversations were asked for.</param>
/// <param name="Thread">What that conversation is, in a list with `collapseThreads`; absent when the message is all of it.</param>
public record MessageRow(
    MessageKey Id, MailboxId MailboxId, string Subject, IReadOnlyList<Address> From, IReadOnlyList<Address> To,
    DateTimeOffset ReceivedAt, DateTimeOffset? SentAt, long Size, IReadOnlyList<MessageFlag> Flags, IReadOnlyList<string> Keywords,
    string? Preview, bool HasAttachments, IReadOnlyList<Defect>? Defects, string? ThreadId = null, ThreadSummary? Thread = null);
