using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit;
using Gateway.TestKit.Servers;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Submissions;

/// <summary>Kills Gateway again and again while programs send through it. <c>CRASH_SENDS</c> sends more mails, <c>CRASH_KILLS</c> kills it more often.</summary>
public sealed partial class CrashLoopTests(RealServers servers)
{
    private const int Senders = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_random_moments_it_loses_no_mail_and_sends_none_twice()
    {
        var (sends, kills, seed) = (Setting("CRASH_SENDS", 100), Setting("CRASH_KILLS", 4), Setting("CRASH_SEED", 20261124));
        await using var smtp = new ScriptedSmtpServer();
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail, Variables = new Dictionary<string, string> { ["GATEWAY__Tls__PlaintextHosts__0"] = "127.0.0.1" } }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail, smtp.Port, smtpSecurity: "none");
        var up = new Gate();
        var accepted = 0;

        var next = 0;
        var senders = Enumerable.Range(0, Senders).Select(async _ =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) <= sends;) { await SendAsync(http, account, n, up, () => Interlocked.Increment(ref accepted)); }
        }).ToList();
        var random = new Random(seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            var after = kill * sends / (kills + 1);
            await up.UntilAsync(() => Volatile.Read(ref accepted) >= after);
            // Some moment of the next milliseconds, whatever is under way then: the very thing that is tested.
            await Task.Delay(random.Next(60), Ct);
            up.Close();
            await gateway.KillAsync(Ct);
            await gateway.RestartAsync(Ct);
            up.Open();
        }

        await Task.WhenAll(senders);
        var ended = await EndedAsync(account);

        // What was cut off between the mail's last byte and the answer is told as unknown, and whoever sent it can look; all else went out once.
        var arrived = smtp.Mails.CountBy(mail => MessageId().Match(mail.Content).Groups[1].Value).ToDictionary();
        var unknown = ended.Where(s => s.State == "unknown").ToList();
        Assert.All(arrived, mail => Assert.Equal(1, mail.Value));
        Assert.Equal(sends, ended.Count);
        Assert.All(ended, s => Assert.True(s.State is "sent" or "unknown", $"{s.MessageId} is {s.State}; seed {seed}"));
        Assert.All(ended.Where(s => s.State == "sent"), s => Assert.True(arrived.ContainsKey(s.MessageId), $"{s.MessageId} is lost; seed {seed}"));
        Assert.True(unknown.Count <= kills, $"{unknown.Count} unknown; seed {seed}"); // one account sends one mail at a time
        Assert.Equal(ended.Where(s => s.State == "sent").Select(s => s.MessageId).Order(), (await CopiesAsync(account)).Order());
    }

    /// <summary>As a careful program does: the same key until there is an answer.</summary>
    private static async Task SendAsync(HttpClient http, TestAccount account, int n, Gate up, Action accepted)
    {
        while (true)
        {
            await up.OpenedAsync();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, account.Path("submissions"))
                {
                    Content = JsonContent.Create(new { to = new[] { new { address = "bob@example.test" } }, subject = $"Mail {n}", text = "Hi" }),
                    Headers = { { "Idempotency-Key", $"crash-{n}" } },
                };
                using var answer = await http.SendAsync(request, Ct);
                Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
                accepted();
                up.Raise();
                return;
            }
            catch (HttpRequestException)
            {
                // Killed in the middle: asked again once it is back.
            }
        }
    }

    /// <summary>Waits until nothing is under way any more, copies in Sent included.</summary>
    private static async Task<IReadOnlyList<(string State, string MessageId)>> EndedAsync(TestAccount account)
    {
        await using var events = await EventReader.OpenAsync(account);
        while (true)
        {
            var all = new List<JsonElement>();
            string? cursor = null;
            do
            {
                var page = await account.GetAsync($"submissions?limit=200{(cursor is null ? "" : $"&cursor={cursor}")}");
                all.AddRange(page.GetProperty("items").EnumerateArray());
                cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
            }
            while (cursor is not null);

            var open = all.Count(s => State(s) is "queued" or "sending" || (State(s) == "sent" && !s.TryGetProperty("sentMessageId", out _)));
            if (open == 0) { return [.. all.Select(s => (State(s), s.GetProperty("messageIdHeader").GetString()!))]; }

            await events.NextAsync("submission.state");
        }

        static string State(JsonElement submission) => submission.GetProperty("state").GetString()!;
    }

    /// <summary>The Message-IDs of the copies in Sent, as a plain IMAP client sees them.</summary>
    private static async Task<IReadOnlyList<string>> CopiesAsync(TestAccount account)
    {
        using var imap = await account.ImapAsync();
        var sent = await TestAccount.OpenAsync(imap, "Sent");
        return [.. (await sent.FetchAsync(0, -1, MessageSummaryItems.Envelope, Ct)).Select(m => m.Envelope!.MessageId!)];
    }

    /// <summary>Whether Gateway is up, and how far the sending has come.</summary>
    private sealed class Gate
    {
        private TaskCompletionSource _open = Opened();
        private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task OpenedAsync() => Volatile.Read(ref _open).Task.WaitAsync(Ct);

        public void Close() => Volatile.Write(ref _open, new(TaskCreationOptions.RunContinuationsAsynchronously));

        public void Open() => _open.TrySetResult();

        public void Raise() => Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

        public async Task UntilAsync(Func<bool> condition)
        {
            for (var news = Volatile.Read(ref _news).Task; !condition(); news = Volatile.Read(ref _news).Task)
            {
                if (!condition()) { await news.WaitAsync(Ct); }
            }
        }

        private static TaskCompletionSource Opened()
        {
            var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            open.SetResult();
            return open;
        }
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var set) ? set : otherwise;

    [GeneratedRegex(@"^Message-Id: <([^>]+)>", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();
}
