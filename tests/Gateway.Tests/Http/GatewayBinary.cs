using System.Diagnostics;

namespace Gateway.Tests.Http;

/// <summary>The built server as a process of its own.</summary>
internal sealed class GatewayBinary : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private GatewayBinary(string data, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gateway.dll"), .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = data,
        };
        start.Environment["GATEWAY__Data"] = data;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static GatewayBinary Serve(string data, params string[] args) => new(data, ["--Urls=http://127.0.0.1:0", .. args]);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string data, string[] args, CancellationToken ct)
    {
        await using var run = new GatewayBinary(data, args);
        var output = await run._process.StandardOutput.ReadToEndAsync(ct);
        await run._process.WaitForExitAsync(ct);
        return (run._process.ExitCode, output, await run._errors);
    }

    /// <summary>Reads what it prints up to a line that holds each of these, or to the end when it stops before.</summary>
    public async Task<string> ReadUntilAsync(CancellationToken ct, params string[] wanted)
    {
        var read = "";
        while (!Array.TrueForAll(wanted, w => read.Contains(w, StringComparison.Ordinal)) && await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            read += line + "\n";
        }

        return read;
    }

    /// <summary>Asks it to stop (SIGTERM) and returns what it still printed.</summary>
    public async Task<string> StopAsync(CancellationToken ct)
    {
        using var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        var rest = await _process.StandardOutput.ReadToEndAsync(ct);
        await _process.WaitForExitAsync(ct);
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { _process.Kill(); }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
