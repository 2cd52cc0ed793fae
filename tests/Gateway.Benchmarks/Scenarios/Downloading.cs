using System.Diagnostics;
using Gateway.Benchmarks.Raw;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>Large mail on its way through: what it costs in memory.</summary>
internal static class Downloading
{
    private const int Attachment = 200;
    private const int Message = 1024;
    private const int WarmUp = 10;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var user = stand.Mail.NewUser("large");
        await stand.Mail.DeliverAsync(user, LargeMail.Attached(10), ct);
        await stand.Mail.DeliverAsync(user, LargeMail.Attached(Attachment), ct);
        await stand.Mail.DeliverAsync(user, LargeMail.Plain(Message), ct);
        GC.Collect(); // ours, so that the machine is not short of memory for it
        var account = await stand.AddAccountAsync(user, ct);
        var ids = await LargeMail.IdsAsync(stand, account, ct);
        var messages = $"/v1/accounts/{account.Id}/messages";
        // The path is compiled, once and for good, and the session open before the first look.
        for (var warm = 0; warm < WarmUp; warm++) { await LargeMail.DownloadAsync(stand, $"{messages}/{ids[2]}/attachments/2", ct); }

        return
        [
            await MeasureAsync(stand, user, $"an attachment of {Attachment} MB", $"{messages}/{ids[1]}/attachments/2", Attachment, "FETCH 2 BODY.PEEK[2]", 8, ct),
            await MeasureAsync(stand, user, $"a raw message of {Message / 1024} GB", $"{messages}/{ids[0]}/raw", Message, "FETCH 3 BODY.PEEK[]", 64, ct),
        ];
    }

    private static async Task<Figure> MeasureAsync(Stand stand, string user, string what, string path, int megabytes, string fetch, int target, CancellationToken ct)
    {
        var process = stand.Gateway.Id;
        var before = Memory.ResidentMiB(process);
        Memory.ForgetPeak(process);
        var start = Stopwatch.GetTimestamp();
        var bytes = await LargeMail.DownloadAsync(stand, path, ct);
        var speed = megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var rise = Memory.PeakMiB(process) - before;

        await using var raw = await RawImap.OpenAsync(stand.Mail, user, ct);
        await raw.CommandAsync("SELECT INBOX", ct);
        start = Stopwatch.GetTimestamp();
        await raw.CommandAsync(fetch, ct);
        var floor = megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var complete = bytes >= megabytes * LargeMail.Mega;
        return new($"Resident memory during the download of {what}{(complete ? "" : " (INCOMPLETE)")}", $"+{rise:0.0} MiB on {before:0}",
            $"speed {speed:0} MB/s, raw {floor:0} MB/s", "", $"< +{target} MiB", complete && rise < target);
    }
}
