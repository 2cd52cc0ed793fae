using System.ComponentModel.DataAnnotations;

namespace Gateway.Mail.Imap;

/// <summary>How many IMAP sessions are kept, and how long anything may take.</summary>
public sealed class ImapPoolOptions
{
    public const string Section = "Gateway:Imap";

    /// <summary>Sessions an account may have open at once, its watcher included. Default 4.</summary>
    [Range(1, 50)]
    public int MaxSessionsPerAccount { get; set; } = 4;

    /// <summary>How long a request waits for a session. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting, TLS and signing in may take together. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the commands of one lease may take. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A session idle for longer is proved with NOOP before it is used. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ProveAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Sessions idle for longer are closed, but for one. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PruneAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The last one is closed after this. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CloseAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Connects a second to one IMAP server, and sign-ins under way there, at most, of everything that no person waits for (watchers, reports, copies of what was sent), all its accounts together: it is not run over when all of them have to come back. Default 100.</summary>
    [Range(1, 10_000)]
    public int BackgroundConnectsPerSecond { get; set; } = 100;
}
