namespace Gateway.TestKit.Servers;

/// <summary>How a Gateway of the tests is started.</summary>
public sealed record GatewaySettings
{
    /// <summary>Mail servers whose certificate it trusts; null for none.</summary>
    public MailServers? Servers { get; init; }

    /// <summary>The binary. Default <c>GATEWAY_EXE</c>, else the one built beside the running test.</summary>
    public string Executable { get; init; } = Environment.GetEnvironmentVariable("GATEWAY_EXE") ?? BuiltBesideUs();

    /// <summary>Further settings under their environment names, e.g. <c>GATEWAY__Imap__MaxSessionsPerAccount</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    internal Dictionary<string, string> ToEnvironment(string url, string data)
    {
        var all = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = url,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["GATEWAY__Data"] = data,
            ["GATEWAY__AdminKey"] = GatewayProcess.AdminKey,
            ["GATEWAY__Egress__Allow__0"] = "127.0.0.0/8",
            // A whole suite comes from one address.
            ["GATEWAY__RateLimits__SignInsPerMinute"] = "100000",
            ["GATEWAY__RateLimits__RequestsPerSecond"] = "100000",
            ["GATEWAY__RateLimits__Burst"] = "100000",
        };
        if (Servers is { } servers) { all["GATEWAY__Tls__ExtraRoots"] = servers.ExtraRoots; }
        foreach (var (name, value) in Variables) { all[name] = value; }

        return all;
    }

    /// <summary>All binaries are built to <c>artifacts/bin/PROJECT/CONFIGURATION/</c>.</summary>
    private static string BuiltBesideUs()
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(ours.Parent!.Parent!.FullName, "Gateway", ours.Name, "Gateway");
    }
}
