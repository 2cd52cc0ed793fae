using System.Net.Http.Json;
using System.Text.Json;
using Gateway.IntegrationTests.Events;
using Gateway.IntegrationTests.Webhooks;
using Gateway.TestKit.Faults;
using MailKit;

namespace Gateway.IntegrationTests.Faults;

/// <summary>Everything at once and by chance; then it is counted what came of it. <c>STORM_STEPS</c> goes on for longer, <c>STORM_SEED</c> takes other chances.</summary>
public sealed class StormTests(RealServers servers)
{
    internal const string EndMark = "end";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)] // what never comes fails this test, and does not hang the suite
    public async Task In_a_storm_of_faults_every_mail_is_sent_once_or_told_as_unknown_and_every_arrival_told_once()
    {
        var (steps, seed) = (Setting("STORM_STEPS", 120), Setting("STORM_SEED", 20261127));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var gateway = await servers.ImpatientAsync();
        using var http = gateway.NewClient();
        List<StormAccount> accounts = [];
        for (var i = 0; i < 3; i++) { accounts.Add(await StormAccount.AddAsync(gateway, http, servers.Mail, end.Token)); }

        using var receiver = new HookReceiver();
        receiver.Open();
        await using var hook = new FaultProxy(new Uri(receiver.Url).Port);
        using var added = await http.PostAsJsonAsync("/v1/webhooks", new { url = $"http://127.0.0.1:{hook.Port}/hook/", accounts = accounts.Select(a => a.Account.Id), types = new[] { "message.created" } }, Ct);
        added.EnsureSuccessStatusCode();

        var storm = new Storm(accounts, hook, seed, Ct);
        using var pace = new PeriodicTimer(Pace); // faults are to fall on work that is under way, so that the steps must not wait for it
        for (var step = 0; step < steps; step++)
        {
            await storm.StepAsync();
            await pace.WaitForNextTickAsync(Ct);
        }

        storm.HealAll();
        foreach (var account in accounts) { await AssertSentAsync(storm, account); }

        var told = HookedAsync(receiver, accounts.Count);
        foreach (var account in accounts) { await storm.DeliverAsync(account, EndMark); }

        var hooked = await told;
        foreach (var account in accounts)
        {
            await account.Reader.End.WaitAsync(Ct);
            var (arrived, fromHook) = (await SubjectsAsync(account, "INBOX"), hooked.Where(e => e.GetProperty("accountId").GetString() == account.Account.Id));
            Assert.True(arrived.Count == arrived.Distinct().Count(), $"some mail came twice: {string.Join(", ", arrived)}; {storm.Story}");
            Assert.Superset(storm.Delivered.Where(d => d.To == account).Select(d => d.Subject).ToHashSet(), arrived.ToHashSet());
            AssertTold(arrived, account.Reader.Read, account, "SSE", storm);
            AssertTold(arrived, fromHook.DistinctBy(e => e.GetProperty("id").GetString()), account, "the webhook", storm);
        }

        await end.CancelAsync();
        foreach (var account in accounts) { await account.DisposeAsync(); }
    }

    internal static string? SubjectOf(JsonElement happened) =>
        happened.GetProperty("data").TryGetProperty("subject", out var subject) ? subject.GetString() : null;

    /// <summary>Each arrival once, and in the order in which the server numbered them.</summary>
    private static void AssertTold(IReadOnlyList<string> arrived, IEnumerable<JsonElement> told, StormAccount account, string reader, Storm storm)
    {
        var subjects = told.Where(e => e.GetProperty("type").GetString() == "message.created" && e.GetProperty("data").GetProperty("mailboxId").GetString() == account.Inbox).Select(SubjectOf).ToList();
        Assert.True(arrived.SequenceEqual(subjects), $"{reader} told {string.Join(", ", subjects)}\ninstead of {string.Join(", ", arrived)}\n{storm.Story}");
    }

    /// <summary>Every mail of the account has ended, what is told as sent has arrived and has one copy in Sent.</summary>
    private static async Task AssertSentAsync(Storm storm, StormAccount from)
    {
        var mine = storm.Accepted.Where(a => a.From == from).ToList();
        var ended = await EndedAsync(from.Account, mine.Count);
        foreach (var mail in mine)
        {
            Assert.True(ended[mail.Id] is "sent" or "unknown", $"{mail.Subject} is {ended[mail.Id]}; {storm.Story}");
            if (ended[mail.Id] == "sent") { await ArrivedAsync(mail.To, mail.Subject); }
        }

        var copies = await SubjectsAsync(from, "Sent");
        Assert.Equal(mine.Where(m => ended[m.Id] == "sent").Select(m => m.Subject).Order(StringComparer.Ordinal), copies.Order(StringComparer.Ordinal));
    }

    /// <summary>The states by id, once nothing is under way any more, copies in Sent included.</summary>
    private static async Task<Dictionary<string, string>> EndedAsync(TestAccount account, int count)
    {
        await using var events = await EventReader.OpenAsync(account);
        while (true)
        {
            var all = (await account.GetAsync("submissions?limit=200")).GetProperty("items").EnumerateArray().ToList();
            var open = all.Count(s => State(s) is "queued" or "sending" || (State(s) == "sent" && !s.TryGetProperty("sentMessageId", out _)));
            if (open == 0 && all.Count == Math.Min(count, 200)) { return all.ToDictionary(s => s.GetProperty("id").GetString()!, State); }

            await events.NextAsync("submission.state");
        }

        static string State(JsonElement submission) => submission.GetProperty("state").GetString()!;
    }

    private static async Task ArrivedAsync(StormAccount to, string subject)
    {
        using var imap = await to.Account.ImapAsync();
        var inbox = await TestAccount.OpenAsync(imap, "INBOX");
        while (true)
        {
            using var news = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            inbox.CountChanged += (_, _) => news.Cancel();
            var all = await inbox.FetchAsync(0, -1, MessageSummaryItems.Envelope, Ct);
            if (all.Any(m => m.Envelope!.Subject == subject)) { return; }

            if (!news.IsCancellationRequested) { await imap.IdleAsync(news.Token, Ct); }
        }
    }

    /// <summary>What a plain IMAP client sees, oldest first.</summary>
    private static async Task<IReadOnlyList<string>> SubjectsAsync(StormAccount account, string path)
    {
        using var imap = await account.Account.ImapAsync();
        var folder = await TestAccount.OpenAsync(imap, path);
        return [.. (await folder.FetchAsync(0, -1, MessageSummaryItems.Envelope, Ct)).Select(m => m.Envelope!.Subject!)];
    }

    /// <summary>All that the webhook was sent, up to the end mark of each account.</summary>
    private static async Task<IReadOnlyList<JsonElement>> HookedAsync(HookReceiver receiver, int accounts)
    {
        List<JsonElement> hooked = [];
        while (hooked.Where(e => SubjectOf(e) == EndMark).DistinctBy(e => e.GetProperty("accountId").GetString()).Count() < accounts) { hooked.Add(await receiver.NextAsync("message.created", Ct)); }

        return hooked;
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var set) ? set : otherwise;
}
