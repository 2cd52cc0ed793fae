using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>What is fetched of a message for a list and for the event of its arrival.</summary>
public static class ListItems
{
    public const MessageSummaryItems Summary =
        MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Envelope | MessageSummaryItems.InternalDate
        | MessageSummaryItems.Size | MessageSummaryItems.BodyStructure | MessageSummaryItems.References;

    /// <summary>What no message can spoil, since nothing in it was written by its sender.</summary>
    public const MessageSummaryItems Harmless =
        MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.InternalDate | MessageSummaryItems.Size;
}
