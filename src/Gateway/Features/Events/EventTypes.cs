using Gateway.Features.Reports;

namespace Gateway.Features.Events;

/// <summary>The types of the events in the log.</summary>
internal static class EventTypes
{
    public const string MessageCreated = "message.created";
    public const string MessageUpdated = "message.updated";
    public const string MessageMoved = "message.moved";
    public const string MessageDeleted = "message.deleted";
    public const string MailboxCreated = "mailbox.created";
    public const string MailboxRenamed = "mailbox.renamed";
    public const string MailboxDeleted = "mailbox.deleted";
    public const string MailboxCounts = "mailbox.counts";
    public const string AccountState = "account.state";
    public const string OperationProgress = "operation.progress";
    public const string SubmissionState = "submission.state";

    public const string BounceReceived = "bounce.received";
    public const string ReportReceived = "report.received";

    /// <summary>Asked for by hand, and in no log.</summary>
    public const string WebhookTest = "webhook.test";

    /// <summary>All that the log can hold.</summary>
    public static readonly IReadOnlySet<string> All = new HashSet<string>
    {
        MessageCreated, MessageUpdated, MessageMoved, MessageDeleted, MailboxCreated, MailboxRenamed, MailboxDeleted, MailboxCounts, AccountState, OperationProgress, SubmissionState,
        BounceReceived, ReportReceived,
    };

    public static string OfReport(ReportKind kind) => kind is ReportKind.Bounce or ReportKind.Delay ? BounceReceived : ReportReceived;
}
