using System.Text.Json;
using Gateway.Features.Events;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Operations;

/// <summary>The durable list of operations. What was answered 202 is done, also after a restart, until it is cancelled.</summary>
internal sealed class Operations(IDbContextFactory<GatewayDb> store, EventLog log, IOptions<OperationOptions> options, TimeProvider clock)
{
    private const int MaxProblems = 100;

    private TaskCompletionSource _added = New();

    /// <summary>Completes when there is something new to do.</summary>
    public Task AddedAsync() => Volatile.Read(ref _added).Task;

    public void Wake() => Interlocked.Exchange(ref _added, New()).TrySetResult();

    public async Task<OperationRecord?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Operations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct);
    }

    public async Task<IReadOnlyList<(Guid Id, AccountId Account)>> RunningAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.Operations.Where(o => o.State == OperationState.Running).OrderBy(o => o.Id).Select(o => new { o.Id, o.Account }).ToListAsync(ct);
        return found.ConvertAll(o => (o.Id, o.Account));
    }

    public async Task AddAsync(OperationRecord record, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        db.Operations.Add(record);
        await db.SaveChangesAsync(ct);
        if (record.State == OperationState.Running) { Wake(); }
    }

    /// <summary>Adds the operation that takes another's moves back. False when somebody was first.</summary>
    public async Task<bool> AddUndoAsync(OperationRecord undo, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Operations.Where(o => o.Id == undo.Undoes && o.UndoneBy == null).ExecuteUpdateAsync(set => set.SetProperty(o => o.UndoneBy, undo.Id), ct) == 0) { return false; }

        db.Operations.Add(undo);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Wake();
        return true;
    }

    /// <summary>Writes down how far it is and tells of it. False when it was cancelled meanwhile.</summary>
    public async Task<bool> SaveAsync(OperationRecord record, int count, IReadOnlyList<BatchResult> results, CancellationToken ct)
    {
        var failed = results.Where(r => r.Status == BatchStatus.Failed).ToList();
        var before = record.Done * 100L / count;
        record.Done += results.Count;
        record.Failed += failed.Count;
        if (failed.Count > 0)
        {
            var known = record.Problems is { } problems ? JsonSerializer.Deserialize<List<BatchResult>>(problems, WireJson.Options)! : [];
            if (known.Count < MaxProblems) { record.Problems = JsonSerializer.Serialize(known.Concat(failed).Take(MaxProblems), WireJson.Options); }
        }

        var now = clock.GetUtcNow();
        if (record.Done >= count) { (record.State, record.EndedAt) = (OperationState.Completed, now); }

        var tells = record.State == OperationState.Completed || record.Done * 100L / count > before;
        var changed = 0;
        await log.AppendAsync(record.Account, tells ? [new(EventTypes.OperationProgress, Operation.From(record), now, now)] : [], async (db, saving) =>
            changed = await db.Operations.Where(o => o.Id == record.Id && o.State == OperationState.Running).ExecuteUpdateAsync(set => set
                .SetProperty(o => o.Done, record.Done).SetProperty(o => o.Failed, record.Failed).SetProperty(o => o.Problems, record.Problems)
                .SetProperty(o => o.State, record.State).SetProperty(o => o.EndedAt, record.EndedAt), saving), ct);
        return changed > 0;
    }

    /// <summary>Stops it after the piece it is at. What was done stays done.</summary>
    public async Task CancelAsync(OperationRecord record, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await store.CreateDbContextAsync(ct);
        var changed = await db.Operations.Where(o => o.Id == record.Id && o.State == OperationState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OperationState.Canceled).SetProperty(o => o.EndedAt, now), ct);
        if (changed > 0 && await FindAsync(record.Id, ct) is { } canceled)
        {
            await log.AppendAsync(record.Account, EventTypes.OperationProgress, Operation.From(canceled), now, ct);
        }
    }

    public async Task ForgetOldAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - options.Value.KeepFor;
        await using var db = await store.CreateDbContextAsync(ct);
        await db.Operations.Where(o => o.EndedAt < before).ExecuteDeleteAsync(ct);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
