using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Events;

/// <summary>Writes appends in the order they came. Those that wait at the same time share one transaction, and so one wait for the disk.</summary>
internal sealed class GroupCommit(IDbContextFactory<GatewayDb> store, RecentEvents recent, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How long an append that is in no hurry waits for one that is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();

    /// <summary>Number and time of each account's newest event, as far as they are known.</summary>
    private readonly ConcurrentDictionary<AccountId, (long Number, DateTimeOffset At)> _ends = new();

    private List<Append> _waiting = [];
    private bool _writing;

    /// <summary>Kept with its link and the statements prepared on it. Of the one that writes.</summary>
    private GatewayDb? _db;

    /// <summary>Completes when the append is durable.</summary>
    /// <param name="append">Cancellable until its turn has come.</param>
    public Task WriteAsync(Append append)
    {
        lock (_lock) { _waiting.Add(append); }

        if (append.Hurries) { Start(); }
        else { _ = StartLaterAsync(append); }

        return append.Done;
    }

    /// <summary>When nothing more is written.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_writing) { return; }

            _writing = true;
        }

        await CloseAsync();
        await WriteWaitingAsync(); // for whoever came too late
    }

    public void Forget(AccountId account) => _ends.TryRemove(account, out _);

    private async Task StartLaterAsync(Append append)
    {
        await append.Done.WaitAsync(Patience, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!append.Done.IsCompleted) { Start(); }
    }

    private void Start()
    {
        lock (_lock)
        {
            if (_writing) { return; }

            _writing = true;
        }

        _ = Task.Run(WriteWaitingAsync);
    }

    private async Task WriteWaitingAsync()
    {
        while (TakeWaiting() is { Count: > 0 } taken)
        {
            if (taken.FindAll(append => append.Begin()) is { Count: > 0 } group) { await WriteAsync(group); }
        }
    }

    private List<Append> TakeWaiting()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            _writing = taken.Count > 0;
            return taken;
        }
    }

    private async Task WriteAsync(List<Append> group)
    {
        var committing = false;
        try
        {
            var db = _db ??= await OpenAsync();
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            foreach (var append in group) { await WriteAsync(db, append); }

            committing = true;
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) // each caller gets its own
        {
            _ends.Clear();
            await CloseAsync(); // whatever is wrong with it
            // A commit that fails on the way back may have happened, so it is not repeated.
            if (committing || group.Count == 1) { group.ForEach(append => append.Fail(error)); }
            else
            {
                foreach (var append in group) { await WriteAsync([append]); }
            }

            return;
        }

        foreach (var append in group)
        {
            recent.Add(append.Written);
            append.Complete();
        }
    }

    private async Task WriteAsync(GatewayDb db, Append append)
    {
        await append.Change(db, CancellationToken.None);
        await db.SaveChangesAsync(CancellationToken.None);
        db.ChangeTracker.Clear(); // the next one may change the same rows
        if (append.Events.Count > 0)
        {
            var (number, at) = _ends.TryGetValue(append.Account, out var known) ? known : await EndAsync(db, append.Account);
            at = clock.GetUtcNow() is var now && now > at ? now : at;
            append.Written = [.. append.Events.Select(happened => new EventRecord
            {
                Account = append.Account, Number = ++number, Type = happened.Type, OccurredAt = AsKept(happened.OccurredAt), DetectedAt = AsKept(happened.DetectedAt), AppendedAt = at,
                Data = JsonSerializer.Serialize(happened.Data, happened.Data.GetType(), WireJson.Options),
            })];
            foreach (var happened in append.Written) { await db.Rows.InsertAsync(happened, CancellationToken.None); }

            _ends[append.Account] = (number, at);
        }
    }

    /// <summary>To the millisecond, so that who reads it at once and who reads it from the store are told the same.</summary>
    private static DateTimeOffset AsKept(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private async Task<GatewayDb> OpenAsync()
    {
        var db = await store.CreateDbContextAsync(CancellationToken.None);
        db.Database.AutoSavepointsEnabled = false; // one that fails takes the whole transaction back
        await db.Database.OpenConnectionAsync(CancellationToken.None);
        return db;
    }

    private async Task CloseAsync()
    {
        if (_db is not { } db) { return; }

        _db = null;
        await db.DisposeAsync();
    }

    private static async Task<(long Number, DateTimeOffset At)> EndAsync(GatewayDb db, AccountId account)
    {
        var newest = await db.Events.Where(e => e.Account == account).OrderByDescending(e => e.Number)
            .Select(e => new { e.Number, e.AppendedAt }).FirstOrDefaultAsync(CancellationToken.None);
        return newest is null ? default : (newest.Number, newest.AppendedAt);
    }
}
