using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Pacing;

/// <summary>How fast accounts send that have no limits of their own and no provider whose limits are known.</summary>
internal sealed class PacingOptions
{
    public const string Section = "Gateway:Outbox:Pacing";

    /// <summary>Mails an account may send within any 60 seconds. Default none.</summary>
    [Range(1, UpdatePacing.Most)]
    public int? PerMinute { get; set; }

    /// <summary>Recipients an account may send to within any 24 hours. Default none.</summary>
    [Range(1, UpdatePacing.Most)]
    public int? PerDay { get; set; }

    /// <summary>Mails that all accounts at one SMTP host together may send within any 60 seconds. Default none.</summary>
    [Range(1, UpdatePacing.Most)]
    public int? HostPerMinute { get; set; }
}
