using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Gateway.Benchmarks.Raw;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>From the delivery of a mail to the frame that tells of it.</summary>
internal static class Live
{
    private const int Rounds = 30;
    // Dovecot gathers changes for half a second. A round that starts within the echo of the last one is told of early, to one client or the other.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(1200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var account = await stand.AddAccountAsync(stand.Mail.NewUser("live"), ct);
        var (atRaw, atHub) = (Channel.CreateUnbounded<long>(), Channel.CreateUnbounded<long>());
        await using var hub = await Hub.OpenAsync(stand, [account], (type, _) =>
        {
            if (type == "message.created") { atHub.Writer.TryWrite(Stopwatch.GetTimestamp()); }
        }, ct);
        await using var raw = await RawImap.OpenAsync(stand.Mail, account.Email, ct);
        await raw.CommandAsync("SELECT INBOX", ct);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var idle = raw.IdleAsync(() => atRaw.Writer.TryWrite(Stopwatch.GetTimestamp()), ends.Token);
        await using var smtp = await RawSmtp.OpenAsync(stand.Mail, account.Email, ct);

        Task SendAsync(int round) =>
            smtp.SendAsync(account.Email, account.Email, Encoding.ASCII.GetBytes($"Subject: Round {round}\r\n\r\nHello\r\n"), ct);

        var unheard = await WarmUpAsync(SendAsync, atRaw, atHub, ct);
        var (byRaw, byHub, later) = (new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(Quiet, ct);
            var sent = Stopwatch.GetTimestamp();
            await SendAsync(round);
            var (rawSaw, hubSaw) = (await NextAsync("raw client", atRaw, ct), await NextAsync("hub", atHub, ct));
            byRaw.Add(Stopwatch.GetElapsedTime(sent, rawSaw).TotalMilliseconds);
            byHub.Add(Stopwatch.GetElapsedTime(sent, hubSaw).TotalMilliseconds);
            later.Add(Stopwatch.GetElapsedTime(rawSaw, hubSaw).TotalMilliseconds);
        }

        await ends.CancelAsync();
        await idle.ContinueWith(_ => { }, ct, TaskContinuationOptions.None, TaskScheduler.Default); // ended by us
        var note = unheard == 0 ? "" : $" ({unheard} sent right after Subscribe went unheard)";
        return [new($"Mail delivered by SMTP, seen as a SignalR frame{note}", $"{byHub}", $"raw IDLE {byRaw}", $"{later} later, mail by mail", "≤ raw + 30 ms", byHub.P50 <= byRaw.P50 + 30)];
    }

    /// <returns>How many mails the hub kept silent about, although it had answered the subscription.</returns>
    private static async Task<int> WarmUpAsync(Func<int, Task> send, Channel<long> atRaw, Channel<long> atHub, CancellationToken ct)
    {
        for (var tried = 0; tried < 10; tried++)
        {
            await send(-1);
            await NextAsync("raw client", atRaw, ct);
            try
            {
                await atHub.Reader.ReadAsync(ct).AsTask().WaitAsync(TimeSpan.FromSeconds(5), ct);
                return tried;
            }
            catch (TimeoutException)
            {
                // Not watched yet.
            }
        }

        throw new TimeoutException("the hub tells of no mail");
    }

    private static async Task<long> NextAsync(string who, Channel<long> seen, CancellationToken ct)
    {
        try { return await seen.Reader.ReadAsync(ct).AsTask().WaitAsync(Patience, ct); }
        catch (TimeoutException) { throw new TimeoutException($"the {who} heard nothing for {Patience}"); }
    }
}
