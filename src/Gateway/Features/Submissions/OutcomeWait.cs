using Gateway.Features.Events;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Submissions;

/// <summary>Lets whoever submits a mail wait for what becomes of it.</summary>
internal sealed class OutcomeWait(EventLog log, Outbox outbox, IHostApplicationLifetime host, TimeProvider clock)
{
    public const int MaxSeconds = 60;

    public static ProblemHttpResult? Fault(int seconds) =>
        seconds is < 0 or > MaxSeconds ? Problems.Malformed(new(null, "wait", $"must be 0 to {MaxSeconds}")) : null;

    /// <summary>The submission once its outcome is known, or as it is when the seconds are over.</summary>
    public async Task<Accepted<Submission>> AnswerAsync(SubmissionRecord submission, int seconds, CancellationToken ct)
    {
        if (seconds == 0) { return SubmitMessage.Answer(submission); }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, host.ApplicationStopping, ct);
        try { await ReachedAsync(submission.Account, submission.Id, over.Token); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The seconds are over, or the server stops: told as it is.
        }
        catch (CursorExpiredException)
        {
            // The account is gone, or so much happens in it that the log has dropped what came: told as it is.
        }

        return SubmitMessage.Answer(await outbox.FindAsync(submission.Account, submission.Id, ct) ?? submission);
    }

    private async Task ReachedAsync(AccountId account, Guid submission, CancellationToken ct)
    {
        var last = await log.LastAsync(account, ct); // taken before the look, so that nothing falls between the two
        if (await outbox.FindAsync(account, submission, ct) is not { } now || IsOutcome(now.State)) { return; }

        var id = submission.ToString("N");
        await foreach (var happened in log.TailAsync(account, last, ct))
        {
            if (happened.Type == EventTypes.SubmissionState && happened.Data.GetProperty("id").ValueEquals(id) && IsOutcome(happened)) { return; }
        }
    }

    private static bool IsOutcome(MailEvent happened) =>
        IsOutcome(System.Text.Json.JsonSerializer.Deserialize<SubmissionState>(happened.Data.GetProperty("state"), WireJson.Options));

    private static bool IsOutcome(SubmissionState state) =>
        state is not (SubmissionState.Held or SubmissionState.Scheduled or SubmissionState.Queued or SubmissionState.Sending);
}
