namespace Gateway.Features.Reports;

/// <summary>What a report on a mail that was sent tells.</summary>
public enum ReportKind
{
    /// <summary>It could not be delivered.</summary>
    Bounce,

    /// <summary>It could not be delivered yet, and is still tried.</summary>
    Delay,

    /// <summary>It was delivered.</summary>
    Delivery,

    /// <summary>The recipient calls it unwanted (RFC 5965).</summary>
    Complaint,

    /// <summary>A machine answered for the recipient, who is away (RFC 3834).</summary>
    AutoReply,

    /// <summary>The recipient's mail program tells what became of it (RFC 8098).</summary>
    ReadReceipt,
}
