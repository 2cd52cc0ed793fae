using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Blobs;

/// <summary>How much can be uploaded ahead of a mail, and for how long it is kept.</summary>
internal sealed class BlobOptions
{
    public const string Section = "Gateway:Blobs";

    /// <summary>Bytes of one blob. Default 52,428,800, which is 50 MB.</summary>
    [Range(1, 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 50 * 1024 * 1024;

    /// <summary>Bytes of all blobs of an account. Default 524,288,000, which is 500 MB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxAccountBytes { get; set; } = 500 * 1024 * 1024;

    /// <summary>How long a blob is kept. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(24);
}
