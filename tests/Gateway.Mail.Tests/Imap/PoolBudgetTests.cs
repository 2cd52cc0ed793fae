using Gateway.Mail.Faults;
using Gateway.Mail.Imap;

namespace Gateway.Mail.Tests.Imap;

public sealed class PoolBudgetTests
{
    [Fact]
    public async Task Under_a_storm_of_leases_and_cancels_the_budget_is_never_exceeded_and_no_session_is_lost()
    {
        await using var engine = Engine.WithImap();
        var chance = new Random(5);

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => BorrowAsync(engine, i % 5 == 0 ? Lane.Background : Lane.Interactive, chance.Next(4), chance.Next(8))));

        Assert.InRange(engine.ImapServer.MaxOpen, 1, engine.ImapOptions.MaxSessionsPerAccount);
        var all = await Task.WhenAll(Enumerable.Range(0, engine.ImapOptions.MaxSessionsPerAccount).Select(_ => engine.LeaseAsync().AsTask()));
        Assert.Equal(engine.ImapOptions.MaxSessionsPerAccount, all.Length);
        foreach (var lease in all) { await lease.DisposeAsync(); }
    }

    [Fact]
    public async Task Waiters_are_served_in_the_order_they_came()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        var held = await engine.LeaseAsync();
        var served = new List<int>();
        var waiting = Enumerable.Range(0, 5).Select(async i =>
        {
            await using var lease = await engine.LeaseAsync();
            lock (served) { served.Add(i); }
        }).ToList();

        await held.DisposeAsync();
        await Task.WhenAll(waiting);

        Assert.Equal([0, 1, 2, 3, 4], served);
    }

    [Fact]
    public async Task Background_work_leaves_one_session_for_a_person()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 2;
        await using var first = await engine.LeaseAsync(lane: Lane.Background);
        var second = engine.LeaseAsync(lane: Lane.Background).AsTask();

        await using (await engine.LeaseAsync()) { Assert.False(second.IsCompleted); }

        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task Background_work_goes_on_with_a_budget_of_one()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;

        await using var lease = await engine.LeaseAsync(lane: Lane.Background);

        Assert.Equal(1, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_person_overtakes_background_work_that_waits()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        var held = await engine.LeaseAsync();
        var background = engine.LeaseAsync(lane: Lane.Background).AsTask();
        var person = engine.LeaseAsync().AsTask();

        await held.DisposeAsync();

        var served = await person;
        Assert.False(background.IsCompleted);
        await served.DisposeAsync();
        await (await background).DisposeAsync();
    }

    [Fact]
    public async Task A_lease_fails_and_names_the_setting_when_every_session_stays_busy()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        await using var held = await engine.LeaseAsync();
        var waiting = engine.LeaseAsync().AsTask();

        engine.Clock.Advance(engine.ImapOptions.LeaseTimeout);

        var fault = await Assert.ThrowsAsync<MailException>(() => waiting);
        Assert.Equal(MailFault.PoolExhausted, fault.Fault);
        Assert.Contains("Gateway:Imap:MaxSessionsPerAccount", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiter_that_gives_up_leaves_its_place_to_the_next()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        var held = await engine.LeaseAsync();
        using var cancel = new CancellationTokenSource();
        var gone = engine.LeaseAsync(ct: cancel.Token).AsTask();
        var next = engine.LeaseAsync().AsTask();

        await cancel.CancelAsync();
        await held.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await (await next).DisposeAsync();
        Assert.Equal(1, engine.ImapServer.Logins);
    }

    private static async Task BorrowAsync(Engine engine, Lane lane, int yields, int fate)
    {
        using var cancel = new CancellationTokenSource();
        var leasing = Task.Run(() => engine.LeaseAsync(lane: lane, ct: cancel.Token).AsTask());
        for (var i = 0; i < yields; i++) { await Task.Yield(); }

        if (fate == 0) { await cancel.CancelAsync(); }

        try
        {
            await using var lease = await leasing;
            if (fate == 1) { lease.Session.Client.Dispose(); }
            else { await lease.Session.Client.NoOpAsync(lease.CommandToken); }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // That was the point.
        }
    }
}
