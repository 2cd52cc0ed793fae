using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Tests.Contract;

namespace Gateway.Tests.Http;

/// <summary>The binary itself: what it prints, and when it refuses to start.</summary>
public sealed partial class CommandTests : IDisposable
{
    private const string Started = "Application started";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gateway-tests-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Help_names_every_command()
    {
        var (exitCode, output, _) = await RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All(["Gateway openapi", "Gateway keys create", "--help"], command => Assert.Contains(command, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Openapi_prints_the_published_document_and_nothing_else()
    {
        var (exitCode, output, _) = await RunAsync("openapi");

        Assert.Equal(0, exitCode);
        Assert.Empty(JsonDifference.Between(JsonNode.Parse(await File.ReadAllTextAsync(RepositoryFiles.Path("openapi/gateway.v1.json"), Ct)), JsonNode.Parse(output)));
        Assert.Empty(_data.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Key_made_by_the_command_opens_the_server()
    {
        var (exitCode, output, _) = await RunAsync("keys", "create", "ci", "--scopes", "mail:read accounts:manage", "--days", "1");
        Assert.Equal(0, exitCode);
        Assert.Matches("^gw_[A-Za-z0-9_-]{43}\n$", output);

        await using var server = GatewayBinary.Serve(_data.FullName);
        var printed = await server.ReadUntilAsync(Ct, Started);
        using var client = new HttpClient { BaseAddress = AddressIn(printed) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", output.Trim());

        Assert.Equal("""{"items":[]}""", await client.GetStringAsync(new Uri("/v1/accounts", UriKind.Relative), Ct));
        Assert.DoesNotContain("Admin key", printed + await server.StopAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_command_that_makes_no_sense_prints_its_usage()
    {
        var (exitCode, output, errors) = await RunAsync("keys", "create", "ci", "--scopes", "mail:everything");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("usage: Gateway keys create", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admin_key_is_printed_at_the_first_start_alone()
    {
        string first, second;
        await using (var server = GatewayBinary.Serve(_data.FullName))
        {
            first = await server.ReadUntilAsync(Ct, Started, "Admin key");
            using var client = new HttpClient { BaseAddress = AddressIn(first) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey().Match(first).Groups["key"].Value);
            Assert.Equal("""{"items":[]}""", await client.GetStringAsync(new Uri("/v1/accounts", UriKind.Relative), Ct));
            first += await server.StopAsync(Ct);
        }

        await using (var server = GatewayBinary.Serve(_data.FullName))
        {
            second = await server.ReadUntilAsync(Ct, Started);
            second += await server.StopAsync(Ct);
        }

        Assert.Single(AdminKey().Matches(first));
        Assert.DoesNotContain("gw_", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_master_key_refuses_to_start()
    {
        await using (var server = GatewayBinary.Serve(_data.FullName))
        {
            await AddAccountAsync(await server.ReadUntilAsync(Ct, Started, "Admin key"));
            await server.StopAsync(Ct);
        }

        var (exitCode, output, errors) = await RunAsync("--Urls=http://127.0.0.1:0", "--Gateway:MasterKey=" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("The master key does not open the stored key ring", output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_all_listed_at_start()
    {
        var (exitCode, output, errors) = await RunAsync(
            "--Urls=http://127.0.0.1:0", "--Gateway:RateLimits:Burst=0", "--Gateway:Discovery:Ispdb=http://example.test/", "--Gateway:Egress:Allow:0=nonsense");

        Assert.NotEqual(0, exitCode);
        Assert.All(["Burst", "http://example.test/", "Gateway:Egress:Allow"], word => Assert.Contains(word, output + errors, StringComparison.Ordinal));
    }

    /// <summary>The key ring is made with the first secret.</summary>
    private static async Task AddAccountAsync(string printed)
    {
        using var client = new HttpClient { BaseAddress = AddressIn(printed) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey().Match(printed).Groups["key"].Value);
        using var body = new StringContent(
            """{"email":"ann@example.test","credentials":{"type":"password","password":"x"},"imap":{"host":"127.0.0.1","port":1,"security":"tls"}}""",
            System.Text.Encoding.UTF8, "application/json");
        (await client.PostAsync(new Uri("/v1/accounts?verify=false", UriKind.Relative), body, Ct)).EnsureSuccessStatusCode();
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args) => GatewayBinary.RunAsync(_data.FullName, args, Ct);

    private static Uri AddressIn(string printed) => new(Listening().Match(printed).Groups["address"].Value);

    [GeneratedRegex("Now listening on: (?<address>http://[0-9.:]+)")]
    private static partial Regex Listening();

    [GeneratedRegex("Admin key, shown only now: (?<key>gw_[A-Za-z0-9_-]+)")]
    private static partial Regex AdminKey();
}
