using System.Globalization;
using Xunit;

namespace Gateway.IntegrationTests.Differential;

/// <summary>Thousands of random steps, each compared with what the server holds. <c>WALK_STEPS</c> takes more, <c>WALK_SEED</c> others.</summary>
public sealed class DifferentialTests(RealServers servers)
{
    private const int CompareAllEvery = 100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_every_step_Gateway_shows_what_the_server_holds()
    {
        var (steps, seed) = (Setting("WALK_STEPS", 10_000), Setting("WALK_SEED", 20261123));
        var user = await ServedUser.NewAsync(servers, Ct);
        using var oracle = new Oracle(await servers.Mail.ImapAsync(user.Address, Ct));
        var walk = new Walk(user, servers.Http, oracle, new Random(seed), Ct);
        await walk.BeginAsync();
        for (var step = 1; step <= steps; step++)
        {
            try
            {
                await walk.StepAsync();
                if (step % CompareAllEvery == 0) { await walk.CompareAllAsync(); }
            }
            catch (Exception wrong) when (!Ct.IsCancellationRequested)
            {
                Assert.Fail($"step {step} of seed {seed}: {wrong.Message}\n{wrong.StackTrace}\n{walk.Story}\nGateway said last:\n{servers.Gateway.Log[^Math.Min(servers.Gateway.Log.Length, 8000)..]}");
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
