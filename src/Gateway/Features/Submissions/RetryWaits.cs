using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Submissions;

/// <summary>Due times are of the wall clock. Where it was set back, what waits for its next try waits from now on no longer than the plan says; what somebody gave a time waits for it.</summary>
internal sealed class RetryWaits(IDbContextFactory<GatewayDb> store, Outbox outbox, IOptions<OutboxOptions> options)
{
    public async Task ShortenAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var waiting = await db.Submissions.AsNoTracking()
            .Where(s => (s.DueAt > now && s.State == SubmissionState.Queued) || s.FilingDueAt > now).ToListAsync(ct);
        foreach (var submission in waiting.Where(s => Shorten(s, now))) { await outbox.ChangeAsync(submission.Account, submission.Id, s => Shorten(s, now), rewritten: null, ct); }
    }

    private bool Shorten(SubmissionRecord submission, DateTimeOffset now)
    {
        var (next, filing) = (now + WaitAfter(submission.Attempts), now + WaitAfter(submission.FilingTries));
        var (sends, files) = (submission.State == SubmissionState.Queued && submission.DueAt > next, submission.FilingDueAt > filing);
        if (sends) { submission.DueAt = next; }

        if (files) { submission.FilingDueAt = filing; }

        return sends || files;
    }

    private TimeSpan WaitAfter(int tries) => tries == 0 ? TimeSpan.Zero : options.Value.WaitAfter(tries);
}
