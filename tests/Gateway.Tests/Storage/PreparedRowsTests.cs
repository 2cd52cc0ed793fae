using System.Text.Json;
using Gateway.Features.Submissions;
using Gateway.Mail;
using Gateway.Mail.Smtp;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Storage;

/// <summary>What is written by prepared statements is what the model reads.</summary>
public sealed class PreparedRowsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly GatewayFactory _gateway = new();
    private readonly SubmissionRecord _submission = Submission();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Every_column_is_read_as_it_was_written()
    {
        var recipient = new RecipientRecord { SubmissionId = _submission.Id, Position = 0, Address = "bob@example.test", State = RecipientState.Pending };
        var attempt = new AttemptRecord { SubmissionId = _submission.Id, Number = 1, At = Noon, Result = SubmissionResult.TemporaryFailure, Reply = "451 später", Recipients = 1 };
        await WriteAsync(async rows =>
        {
            await rows.InsertAsync(_submission, Ct);
            await rows.InsertAsync(recipient, Ct);
            await rows.InsertAsync(attempt, Ct);
            await rows.InsertAsync(new SubmissionMimeRecord { SubmissionId = _submission.Id, SealedMime = [1, 2, 3] }, Ct);
        });
        (_submission.State, _submission.DueAt, _submission.Version, _submission.HandedOverAt) = (SubmissionState.Sending, null, 8, Noon.AddSeconds(1));
        (attempt.Result, recipient.State, recipient.Reply) = (SubmissionResult.Accepted, RecipientState.Accepted, "250 2.0.0 OK");
        await WriteAsync(async rows =>
        {
            await rows.UpdateAsync(_submission, Ct, known: 7);
            await rows.UpdateAsync(recipient, Ct);
            await rows.UpdateAsync(attempt, Ct);
        });

        await using var db = await StoreAsync();
        var read = await db.Submissions.AsNoTracking().Include(s => s.Recipients).Include(s => s.AttemptLog).SingleAsync(Ct);
        _submission.Recipients.Add(recipient);
        _submission.AttemptLog.Add(attempt);
        Assert.Equal(JsonSerializer.Serialize(_submission), JsonSerializer.Serialize(read));
        Assert.Equal([1, 2, 3], (await db.SubmissionMimes.SingleAsync(Ct)).SealedMime);
    }

    [Fact]
    public async Task A_row_that_somebody_has_changed_is_not_written_over()
    {
        await WriteAsync(rows => rows.InsertAsync(_submission, Ct));

        _submission.Version = 9;
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => WriteAsync(rows => rows.UpdateAsync(_submission, Ct, known: 8)));

        await using var db = await StoreAsync();
        Assert.Equal(7, (await db.Submissions.SingleAsync(Ct)).Version);
    }

    [Fact]
    public async Task A_taken_key_is_told_as_the_context_tells_it()
    {
        await WriteAsync(rows => rows.InsertAsync(_submission, Ct));

        await Assert.ThrowsAsync<DbUpdateException>(() => WriteAsync(rows => rows.InsertAsync(Submission(), Ct))); // another one under the same idempotency key
    }

    [Fact]
    public async Task A_row_is_removed_by_its_key_and_one_that_is_not_there_is_no_error()
    {
        await WriteAsync(async rows =>
        {
            await rows.InsertAsync(_submission, Ct);
            await rows.InsertAsync(new SubmissionMimeRecord { SubmissionId = _submission.Id, SealedMime = [1] }, Ct);
            await rows.DeleteAsync<SubmissionMimeRecord>(_submission.Id, Ct);
            await rows.DeleteAsync<SubmissionMimeRecord>(Guid.Empty, Ct);
        });

        await using var db = await StoreAsync();
        Assert.False(await db.SubmissionMimes.AnyAsync(Ct));
    }

    /// <summary>Contexts and links are pooled apart: a statement left on a link that somebody else has now would wait for the lock of its own transaction.</summary>
    [Fact(Timeout = 20_000)]
    public async Task A_context_that_comes_back_with_another_link_writes_on_that_one()
    {
        var ct = TestContext.Current.CancellationToken;
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StoreAsync())); // leased before, so that the writer has the same context each time
        for (var round = 0; round < others.Length; round++)
        {
            await WriteAsync(rows => rows.InsertAsync(new EventRecord { Account = _submission.Account, Number = round, Type = "", OccurredAt = Noon, DetectedAt = Noon, AppendedAt = Noon, Data = "{}" }, ct));
            await others[round].Database.OpenConnectionAsync(ct); // takes the link that the writer had
        }

        Assert.Equal(4, await others[0].Events.CountAsync(ct));
        foreach (var other in others) { await other.DisposeAsync(); }
    }

    private async Task WriteAsync(Func<PreparedRows, Task> write)
    {
        await using var db = await StoreAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await write(db.Rows);
        await transaction.CommitAsync(Ct);
    }

    private Task<GatewayDb> StoreAsync() => _gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);

    private static SubmissionRecord Submission() => new()
    {
        Id = Guid.NewGuid(), Account = AccountId.Parse("0123456789abcdef0123456789abcdef", null), State = SubmissionState.Queued, Sender = "ann@example.test", MessageIdHeader = "a@example.test",
        CreatedAt = Noon, TriedFrom = Noon, DueAt = Noon, Attempts = 3, Version = 7, SaveToSent = true, IdempotencyKey = "key", IdempotencyHash = [9, 8], MergeId = Guid.NewGuid(),
    };
}
