using Gateway.Features.Mailboxes;
using Gateway.Mail;

namespace Gateway.Features.Messages;

/// <summary>What to do with many messages: either those named, or those that a query finds.</summary>
/// <param name="Ids">The messages, 1 to 1000.</param>
/// <param name="Query">Or: which messages of a mailbox. When it finds more than 1000, the work becomes an operation.</param>
/// <param name="Action">What to do with each.</param>
public sealed record MessageBatch(BatchAction Action, IReadOnlyList<MessageKey>? Ids = null, MessageQuery? Query = null);

/// <summary>Messages of one mailbox that meet every condition of the filter.</summary>
/// <param name="Mailbox">The mailbox to look in.</param>
/// <param name="Role">Or: the mailbox with this role.</param>
/// <param name="Filter">Which of its messages; all of them when absent.</param>
public sealed record MessageQuery(MailboxId? Mailbox = null, MailboxRole? Role = null, MessageFilter? Filter = null);

/// <summary>What to do with a message. Flags and keywords are changed first; of moving, copying, trash and expunging at most one.</summary>
/// <param name="Flags">Flags to set and to clear.</param>
/// <param name="Keywords">Keywords to set and to clear.</param>
/// <param name="MoveTo">The mailbox to move it to. Its id stays the same.</param>
/// <param name="CopyTo">The mailbox to copy it to; the answer tells the copy's id.</param>
/// <param name="Trash">Move it to the trash; one that is there already stays.</param>
/// <param name="Expunge">Delete it for good.</param>
public sealed record BatchAction(
    FlagsChange? Flags = null, KeywordsChange? Keywords = null, MailboxId? MoveTo = null, MailboxId? CopyTo = null, bool? Trash = null, bool? Expunge = null);

/// <summary>What became of each message: one that fails never fails the others.</summary>
/// <param name="Results">In the order asked for; newest first for a query.</param>
/// <param name="OperationId">What was moved, to the trash or elsewhere, goes back with this operation's undo.</param>
public sealed record BatchAnswer(IReadOnlyList<BatchResult> Results, string? OperationId = null);

/// <summary>What became of one message.</summary>
/// <param name="Id">The message.</param>
/// <param name="Status">Whether everything asked for was done.</param>
/// <param name="NewId">The copy's id, where the server tells it.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record BatchResult(MessageKey Id, BatchStatus Status, MessageKey? NewId = null, BatchProblem? Problem = null)
{
    internal static BatchResult Failed(MessageKey id, BatchProblem problem) => new(id, BatchStatus.Failed, Problem: problem);
}

/// <summary>How it went for one message.</summary>
public enum BatchStatus
{
    /// <summary>Everything asked for was done.</summary>
    Ok,

    /// <summary>It was not, or only in part; the problem says why.</summary>
    Failed,
}

/// <summary>Why one message of a batch failed.</summary>
/// <param name="Code">Stable, with a section of that name in openapi/problems.md.</param>
/// <param name="Detail">What went wrong, for people.</param>
public sealed record BatchProblem(string Code, string Detail);
