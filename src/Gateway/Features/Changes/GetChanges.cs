using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Changes;

internal static class GetChanges
{
    /// <summary>After so many an answer ends with the mailbox it is at.</summary>
    private const int MaxChanges = 5000;

    public static void Map(IEndpointRouteBuilder account) => account.MapGet("changes", HandleAsync)
        .WithName("GetChanges").WithSummary("What has changed in every mailbox since a state, whoever changed it; without a state, only the state of now").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="since">The state of an earlier answer.</param>
    internal static async Task<Results<Ok<ChangesAnswer>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, SyncStates states, MailboxComparison comparison, CancellationToken ct, string? since = null)
    {
        Dictionary<MailboxId, MailboxSnapshot>? before = null;
        if (since is not null)
        {
            if (!Guid.TryParseExact(since, "N", out var id)) { return Problems.MalformedState; }

            before = await states.FindAsync(accountId, id, ct);
            if (before is null) { return Problems.StateExpired; }
        }

        var listed = await comparison.ListAsync(accountId, ct);
        var now = new Dictionary<MailboxId, MailboxSnapshot>();
        List<MailboxChanges> changes = [];
        var hasMore = false;
        foreach (var (mailbox, status) in listed)
        {
            var known = before?.GetValueOrDefault(mailbox);
            if (known?.IsUnchanged(status.UidNext, status.ModSeq, status.Count) == true) { now[mailbox] = known; }
            else if (changes.Sum(c => c.Count) >= MaxChanges)
            {
                hasMore = true;
                if (known is not null) { now[mailbox] = known; }
            }
            else
            {
                var (snapshot, differs) = await comparison.CompareAsync(accountId, mailbox, status, known, ct);
                now[mailbox] = snapshot;
                if (before is not null && differs.Count > 0) { changes.Add(differs); }
            }
        }

        changes.AddRange((before ?? []).Keys.Where(mailbox => !listed.ContainsKey(mailbox)).Select(mailbox => new MailboxChanges(mailbox, [], [], [], Gone: true)));
        // A client that asks often and finds nothing new leaves nothing behind.
        var same = since is not null && before!.Count == now.Count && changes.Count == 0 && now.All(m => ReferenceEquals(before.GetValueOrDefault(m.Key), m.Value));
        return TypedResults.Ok(new ChangesAnswer(changes, same ? since! : (await states.KeepAsync(accountId, now, ct)).ToString("N"), hasMore));
    }
}
