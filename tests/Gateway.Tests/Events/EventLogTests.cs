using System.Globalization;
using Gateway.Features.Events;
using Gateway.Features.Metrics;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Events;

public sealed class EventLogTests : IAsyncDisposable
{
    private readonly GatewayFactory _gateway = new() { Settings = { ["Gateway:Events:KeepAtMost"] = "100" } };
    private readonly AccountId _account = AccountId.New(TimeProvider.System);
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(8));
    private readonly EventLog _log;

    public EventLogTests() => _log = new(Store, Measures, _clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Measures Measures => _gateway.Services.GetRequiredService<Measures>();

    private IDbContextFactory<GatewayDb> Store => _gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Writers_side_by_side_number_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AppendAsync(1 + i % 3)));

        var total = Enumerable.Range(0, 40).Sum(i => 1 + i % 3);
        Assert.Equal(Enumerable.Range(1, total).Select(n => (long)n), (await ReadAllAsync(0)).Select(Number));
    }

    [Fact]
    public async Task Reader_gets_the_past_and_then_what_comes()
    {
        await AppendAsync(450); // more than is read at once
        await using var tail = _log.TailAsync(_account, 0, Ct).GetAsyncEnumerator(Ct);
        for (var i = 1; i <= 450; i++) { Assert.True(await tail.MoveNextAsync()); }

        var next = tail.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await AppendAsync(1);

        Assert.True(await next);
        Assert.Equal(451, Number(tail.Current));
    }

    [Fact]
    public async Task Change_and_event_stand_or_fall_together()
    {
        var mailbox = new MailboxRecord { Account = _account, Number = 1, Path = "A", UidValidity = 1 };
        await Assert.ThrowsAsync<InvalidOperationException>(() => _log.AppendAsync(_account, [New()], async (db, ct) =>
        {
            await db.Mailboxes.AddAsync(mailbox, ct);
            await db.SaveChangesAsync(ct);
            throw new InvalidOperationException();
        }, Ct));

        await AppendAsync(1);

        Assert.Equal([1], (await ReadAllAsync(0)).Select(Number));
        await using var after = await Store.CreateDbContextAsync(Ct);
        Assert.Empty(await after.Mailboxes.Where(m => m.Account == _account).ToListAsync(Ct));
    }

    [Fact]
    public async Task Change_that_fails_spoils_none_of_those_written_with_it()
    {
        var appends = Enumerable.Range(0, 20)
            .Select(i => _log.AppendAsync(_account, [New()], (_, _) => i == 7 ? throw new InvalidOperationException() : Task.CompletedTask, Ct)).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(appends));

        Assert.Equal([7], Enumerable.Range(0, 20).Where(i => appends[i].IsFaulted));
        Assert.Equal(Enumerable.Range(1, 19).Select(n => (long)n), (await ReadAllAsync(0)).Select(Number));
    }

    [Fact]
    public async Task Append_in_no_hurry_goes_with_the_next_one()
    {
        var soon = _log.AppendSoonAsync(_account, [New()], (_, _) => Task.CompletedTask, Ct);
        Assert.Empty(await ReadAllAsync(0));

        await AppendAsync(1);
        await soon;

        Assert.Equal([1, 2], (await ReadAllAsync(0)).Select(Number));
    }

    [Fact]
    public async Task Append_in_no_hurry_goes_alone_when_nobody_comes()
    {
        var soon = _log.AppendSoonAsync(_account, [New()], (_, _) => Task.CompletedTask, Ct);

        _clock.Advance(TimeSpan.FromMilliseconds(20));
        await soon;

        Assert.Equal([1], (await ReadAllAsync(0)).Select(Number));
    }

    [Fact]
    public async Task Time_in_the_log_never_goes_back()
    {
        _clock.SetUtcNow(new(2100, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await AppendAsync(1);
        var setBack = new EventLog(Store, Measures, new FakeTimeProvider(_clock.GetUtcNow().AddHours(-1)));
        await setBack.AppendAsync(_account, [New()], Ct);

        await using var db = await Store.CreateDbContextAsync(Ct);
        Assert.Equal([_clock.GetUtcNow(), _clock.GetUtcNow()], await db.Events.Where(e => e.Account == _account).OrderBy(e => e.Number).Select(e => e.AppendedAt).ToListAsync(Ct));
    }

    [Fact]
    public async Task Most_events_are_dropped_by_number()
    {
        _clock.Advance(TimeSpan.FromDays(8));
        await AppendAsync(130);

        await TrimAsync();

        Assert.Equal(Enumerable.Range(31, 100).Select(n => (long)n), (await ReadAllAsync(30)).Select(Number));
        await Assert.ThrowsAsync<CursorExpiredException>(() => _log.ReadAsync(_account, 29, Ct));
    }

    [Fact]
    public async Task Old_events_are_dropped_but_never_the_newest()
    {
        await AppendAsync(5);

        await TrimAsync();

        Assert.Equal([5], (await ReadAllAsync(4)).Select(Number));
        await Assert.ThrowsAsync<CursorExpiredException>(() => _log.ReadAsync(_account, 0, Ct));
        await AppendAsync(1);
        Assert.Equal([6], (await ReadAllAsync(5)).Select(Number));
    }

    [Fact]
    public async Task Cursor_that_was_never_given_has_expired()
    {
        await AppendAsync(1);

        await Assert.ThrowsAsync<CursorExpiredException>(() => _log.ReadAsync(_account, 2, Ct));
    }

    [Fact]
    public async Task Reader_of_a_forgotten_account_finds_out()
    {
        await AppendAsync(1);
        await using var tail = _log.TailAsync(_account, 1, Ct).GetAsyncEnumerator(Ct);
        var next = tail.MoveNextAsync();
        await using (var db = await Store.CreateDbContextAsync(Ct)) { await db.Events.ExecuteDeleteAsync(Ct); }

        _log.Forget(_account);

        await Assert.ThrowsAsync<CursorExpiredException>(async () => await next);
    }

    private static NewEvent New() => new("test", new { a = 1 }, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private static long Number(MailEvent happened) => long.Parse(happened.Id.Split('-')[1], CultureInfo.InvariantCulture);

    private Task AppendAsync(int count) => _log.AppendAsync(_account, [.. Enumerable.Range(0, count).Select(_ => New())], Ct);

    private async Task<List<MailEvent>> ReadAllAsync(long after)
    {
        var all = new List<MailEvent>();
        while (await _log.ReadAsync(_account, after + all.Count, Ct) is { Count: > 0 } found) { all.AddRange(found); }

        return all;
    }

    private Task TrimAsync() => ActivatorUtilities.CreateInstance<EventTrimming>(_gateway.Services, _log).TrimAsync(Ct);
}
