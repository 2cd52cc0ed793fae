using Gateway.Features.Submissions;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Metrics;

/// <summary>How the outbox stands.</summary>
/// <param name="ByState">Submissions that have not ended, by state.</param>
/// <param name="Age">How long the one that waits the longest has been due.</param>
internal sealed record OutboxMeasure(IReadOnlyDictionary<string, long> ByState, TimeSpan Age)
{
    private static readonly SubmissionState[] Open = [SubmissionState.Held, SubmissionState.Scheduled, SubmissionState.Queued, SubmissionState.Sending];

    public static async Task<OutboxMeasure> ReadAsync(GatewayDb db, DateTimeOffset now, CancellationToken ct)
    {
        var counts = await db.Submissions.Where(s => Open.Contains(s.State)).GroupBy(s => s.State).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var oldest = await db.Submissions.Where(s => s.DueAt <= now).MinAsync(s => s.DueAt, ct);
        return new(Open.ToDictionary(s => s.ToString(), s => counts.GetValueOrDefault(s)), now - (oldest ?? now));
    }
}
