using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Threads;

/// <summary>How far back conversations are known.</summary>
internal sealed class ThreadOptions
{
    public const string Section = "Gateway:Threads";

    /// <summary>The newest messages of each mailbox that are put into conversations. Default 20,000.</summary>
    [Range(100, 1_000_000)]
    public int MaxMessagesPerMailbox { get; set; } = 20_000;
}
