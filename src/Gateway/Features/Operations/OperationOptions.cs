using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Operations;

/// <summary>How long work on many messages is kept, and how large it may be.</summary>
internal sealed class OperationOptions
{
    public const string Section = "Gateway:Operations";

    /// <summary>How long an operation is known after its end, and its moves can be taken back. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Messages of one operation. Default 100,000.</summary>
    [Range(1000, 10_000_000)]
    public int MaxMessages { get; set; } = 100_000;

    /// <summary>Accounts that are worked on at the same time. Default 4.</summary>
    [Range(1, 100)]
    public int ParallelAccounts { get; set; } = 4;
}
