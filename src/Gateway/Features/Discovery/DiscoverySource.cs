namespace Gateway.Features.Discovery;

/// <summary>Where a discovery answer came from, best first.</summary>
public enum DiscoverySource
{
    /// <summary>Named by the operator, or a provider known to this server.</summary>
    Preset,

    /// <summary>SRV records (RFC 6186, RFC 8314).</summary>
    Srv,

    /// <summary>The domain's own autoconfig document.</summary>
    Autoconfig,

    /// <summary>The public ISPDB.</summary>
    Ispdb,

    /// <summary>A known provider by the domain's MX records.</summary>
    Mx,
}
