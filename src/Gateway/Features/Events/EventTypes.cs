namespace Gateway.Features.Events;

/// <summary>The types of the events in the log.</summary>
internal static class EventTypes
{
    public const string MessageCreated = "message.created";
    public const string MessageUpdated = "message.updated";
    public const string MessageDeleted = "message.deleted";
    public const string MailboxCreated = "mailbox.created";
    public const string MailboxRenamed = "mailbox.renamed";
    public const string MailboxDeleted = "mailbox.deleted";
    public const string AccountState = "account.state";
    public const string OperationProgress = "operation.progress";
    public const string SubmissionState = "submission.state";
}
