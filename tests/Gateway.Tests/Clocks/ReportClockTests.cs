using Gateway.Features.Reports;
using Gateway.Storage;
using Gateway.Tests.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Clocks;

/// <summary>The wall clock is set back while what came back of a mail waits to be opened.</summary>
public sealed class ReportClockTests : IAsyncDisposable
{
    private static readonly TimeSpan SecondWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly LiveGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_report_waits_no_longer_than_planned_when_the_clock_is_set_back()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test");
        var due = _gateway.Clock.GetUtcNow() + SecondWait;
        await using (var db = await StoreAsync())
        {
            db.Reports.Add(new() { Account = account, MessageId = "of no message", Tries = 2, DueAt = due }); // forgotten when it is opened
            await db.SaveChangesAsync(Ct);
        }

        _gateway.Host.Services.GetRequiredService<ReportCandidates>().Wake();
        await _gateway.Clock.UntilAwaitedAsync(due, Ct);

        _gateway.Clock.Leap(TimeSpan.FromHours(-3));
        _gateway.Clock.Advance(SecondWait);
        await _gateway.Clock.ReachAsync(_gateway.Clock.GetUtcNow() + SecondWait, LongestWait, Ct);

        await _gateway.Clock.UntilSetAsync(async () =>
        {
            await using var db = await StoreAsync();
            return !await db.Reports.AnyAsync(Ct);
        }, Ct);
    }

    private Task<GatewayDb> StoreAsync() => _gateway.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
}
