using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Reports;

/// <summary>How bounces and other reports on sent mails are looked for.</summary>
internal sealed class ReportOptions
{
    public const string Section = "Gateway:Reports";

    /// <summary>How long after a mail was sent its account's inbox is watched for reports on it, at the cost of one IMAP session. Zero: only while somebody follows the account. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "5.00:00:00")]
    public TimeSpan WatchFor { get; set; } = TimeSpan.FromDays(1);
}
