using Gateway.Rendering;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Rendering;

public class RenderingGateTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Work_within_its_budget_gives_its_answer()
    {
        Assert.Equal("done", await RenderingGate.RunAsync(() => "done", () => "late", Budget, new FakeTimeProvider(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Work_past_its_budget_gives_the_way_out()
    {
        var clock = new FakeTimeProvider();
        using var end = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        var waiting = RenderingGate.RunAsync(
            () =>
            {
                begun.SetResult();
                end.Wait();
                ended.SetResult();
                return "done";
            },
            () => "late", Budget, clock, TestContext.Current.CancellationToken);
        await begun.Task;

        clock.Advance(Budget);

        Assert.Equal("late", await waiting);
        end.Set();
        await ended.Task;
    }
}
