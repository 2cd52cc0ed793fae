namespace Gateway.Mail.Connecting;

/// <summary>Whom to trust when a mail server shows its certificate.</summary>
public sealed class TlsOptions
{
    public const string Section = "Gateway:Tls";

    /// <summary>PEM file with roots to trust besides the system's. Default none.</summary>
    public string? ExtraRoots { get; set; }

    /// <summary>Hosts that may be reached without encryption. Default none.</summary>
    public string[] PlaintextHosts { get; set; } = [];
}
