using System.ComponentModel.DataAnnotations;

namespace Gateway.Mail.Smtp;

/// <summary>How SMTP submission sessions are kept.</summary>
public sealed class SmtpPoolOptions
{
    public const string Section = "Gateway:Smtp";

    /// <summary>Sessions an account may have open at once. Default 2.</summary>
    [Range(1, 20)]
    public int MaxSessionsPerAccount { get; set; } = 2;

    /// <summary>Sessions all accounts at one host may have open at once. Default 10.</summary>
    [Range(1, 1000)]
    public int MaxSessionsPerHost { get; set; } = 10;

    /// <summary>Mails sent over one session before it is closed. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxMailsPerSession { get; set; } = 100;

    /// <summary>Idle sessions are closed after this. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CloseAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting, TLS and signing in may take together. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one mail may take (RFC 5321 section 4.5.3.2.6 asks for 10 minutes after the final dot). Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromMinutes(15);
}
