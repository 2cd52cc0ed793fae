using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.TestKit.Servers;

/// <summary>Collects what a process prints, and tells when an awaited line has come.</summary>
internal sealed class GatewayOutput
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly StringBuilder _text = new();

    public string Text
    {
        get { lock (_text) { return _text.ToString(); } }
    }

    /// <returns>The first match, as soon as it is printed.</returns>
    /// <exception cref="InvalidOperationException">The process ended, or a minute passed, without it; the message holds the output.</exception>
    public async Task<Match> FollowAsync(Process process, Regex awaited, CancellationToken ct)
    {
        var found = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync(ct);
        try
        {
            if (await Task.WhenAny(found.Task, ended).WaitAsync(Patience, ct) == found.Task) { return await found.Task; }
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"it did not say '{awaited}' within {Patience}: {Text}");
        }

        await ended;
        throw new InvalidOperationException($"it ended with {process.ExitCode}: {Text}");

        void Take(string? line)
        {
            if (line is null) { return; }

            lock (_text) { _text.AppendLine(line); }

            if (awaited.Match(line) is { Success: true } match) { found.TrySetResult(match); }
        }
    }
}
