using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.TestKit.Servers;
using Xunit;

namespace Gateway.IntegrationTests.Submissions;

/// <summary>No file of Gateway can grow: what a full disk does to it.</summary>
public sealed class FullDiskTests(RealServers servers) : IDisposable
{
    private const int FullAtKilobytes = 3000;

    private readonly string _folder = RunFolder.Create("fulldisk");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_that_cannot_be_stored_is_refused_and_what_was_accepted_is_kept()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail, Executable = await StarterAsync() }, Ct);
        using var http = gateway.NewClient();
        var (ann, bob) = (await TestAccount.AddAsync(http, servers.Mail), await TestAccount.AddAsync(servers));
        await gateway.StopAsync(Ct);
        await File.WriteAllTextAsync(Path.Combine(_folder, "full"), "", Ct);
        await gateway.RestartAsync(Ct);

        var accepted = 0;
        HttpResponseMessage answer;
        while ((answer = await SubmitAsync(http, ann, bob, $"Mail {accepted + 1}")).StatusCode == HttpStatusCode.Accepted)
        {
            answer.Dispose();
            Assert.InRange(++accepted, 1, 50);
        }

        using (answer)
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable"), (answer.StatusCode, problem.GetProperty("code").GetString()));
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        Assert.Equal(accepted, await HeldAsync(ann)); // what needs no room still works
        await gateway.KillAsync(Ct);
        File.Delete(Path.Combine(_folder, "full"));
        await gateway.RestartAsync(Ct);

        Assert.Equal(accepted, await HeldAsync(ann));
        using var again = await SubmitAsync(http, ann, bob, "Room again");
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient http, TestAccount from, TestAccount to, string subject) => http.PostAsJsonAsync(
        from.Path("submissions"), new { to = new[] { new { address = to.Address } }, subject, text = string.Concat(Enumerable.Repeat("0123456789abcde\n", 20_000)), hold = true }, Ct);

    private static async Task<int> HeldAsync(TestAccount account) => (await account.GetAsync("submissions?state=held&limit=200")).GetProperty("items").GetArrayLength();

    /// <summary>Starts Gateway with a limit on the size of files while there is a file "full" beside it.</summary>
    private async Task<string> StarterAsync()
    {
        var path = Path.Combine(_folder, "starter");
        // The limit answers a write with an error instead of a signal; the runtime's own double mapping of code needs large files.
        await File.WriteAllTextAsync(path, $"""
            #!/bin/bash
            export DOTNET_EnableWriteXorExecute=0
            trap '' XFSZ
            [ ! -e "$(dirname "$0")/full" ] || ulimit -f {FullAtKilobytes}
            exec "{new GatewaySettings().Executable}" "$@"

            """, Ct);
        await Tool.RunAsync("chmod", ["+x", path], new Dictionary<string, string>(), Ct);
        return path;
    }
}
