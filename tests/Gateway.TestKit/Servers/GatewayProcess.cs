using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Gateway.TestKit.Servers;

/// <summary>The built Gateway as a process of its own, on a free port, with a data folder of its own.</summary>
/// <remarks>It can be killed and started again on the same port and data. Dispose it to end it and delete the data.</remarks>
public sealed partial class GatewayProcess : IAsyncDisposable
{
    public const string AdminKey = "gwk_test_admin_0123456789abcdef0123456789abcdef";

    private readonly GatewaySettings _settings;
    private readonly GatewayOutput _output = new();
    private Process _process = new();

    private GatewayProcess(GatewaySettings settings) => (_settings, Folder) = (settings, RunFolder.Create("gateway"));

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Folder with its <c>data</c>.</summary>
    public string Folder { get; }

    /// <summary>Its data folder.</summary>
    public string Data => Path.Combine(Folder, "data");

    /// <summary>Process id, for <c>/proc</c>.</summary>
    public int Id => _process.Id;

    /// <summary>Everything it has said so far, over all its starts.</summary>
    public string Log => _output.Text;

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<GatewayProcess> StartAsync(GatewaySettings settings, CancellationToken ct)
    {
        var gateway = new GatewayProcess(settings);
        try
        {
            await gateway.LaunchAsync(ct);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that may do everything; the caller disposes it.</summary>
    public HttpClient NewClient(string key = AdminKey)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Ends it as a power cut would (SIGKILL).</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process.Kill();
        await _process.WaitForExitAsync(ct);
    }

    /// <summary>Asks it to end (SIGTERM) and waits until it has.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        await Tool.RunAsync("kill", ["-TERM", $"{_process.Id}"], new Dictionary<string, string>(), ct);
        await _process.WaitForExitAsync(ct);
    }

    /// <summary>Starts it again where it was, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public Task RestartAsync(CancellationToken ct) => LaunchAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (_process.StartInfo.FileName.Length > 0 && !_process.HasExited) { await KillAsync(CancellationToken.None); }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        var start = new ProcessStartInfo(_settings.Executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _settings.ToEnvironment(Address.GetLeftPart(UriPartial.Authority), Data)) { start.Environment[name] = value; }

        _process.Dispose();
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_settings.Executable} did not start");
        await File.WriteAllTextAsync(Path.Combine(Folder, "pid"), $"{_process.Id}", ct); // ./test ends what a crashed suite left
        var listening = await _output.FollowAsync(_process, Listening(), ct);
        Address = new Uri(listening.Groups[1].Value);
        using var client = NewClient();
        using var live = await client.GetAsync(new Uri("/health/live", UriKind.Relative), ct);
        live.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
