using System.Net;
using System.Text.Json;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit.Faults;
using MailKit;
using MailKit.Net.Imap;

namespace Gateway.IntegrationTests.Faults;

/// <summary>Links to a real submission server break: each mail goes out once, or is told as unknown, and its attempts say why.</summary>
public sealed class SmtpFaultTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What Postfix answers at each stage, whose answer is lost with its link.</summary>
    private static readonly string[] Stages = ["220 mx", "250-mx", "235 2.7.0", "250 2.1.0", "250 2.1.5"];

    [Fact]
    public async Task A_link_lost_before_the_mail_has_left_is_tried_again_and_the_mail_goes_out_once()
    {
        var sent = await Task.WhenAll(Stages.Select(async stage =>
        {
            await using var faulty = await FaultyAccount.AddAsync(servers);
            var cut = faulty.Smtp.BreakAt(Toward.Client, stage, LinkEnd.Reset);

            var submission = await EndedAsync(faulty, await SubmitAsync(faulty), "sent");

            return (Stage: stage, Cut: cut.IsCompleted, Results: string.Join(' ', Results(submission).Distinct()), Arrived: await ArrivedAsync(faulty.Other, 1));
        }));

        Assert.All(sent, mail => Assert.Equal((mail.Stage, true, "temporary-failure accepted", 1), mail));
    }

    [Fact]
    public async Task A_server_that_refuses_is_silent_or_drips_is_waited_for_and_others_send_meanwhile()
    {
        (string Words, Action<FaultProxy> Break)[] faults =
        [
            ("No connection to the server.", proxy => proxy.Refuse()),
            ("The server did not answer within the deadline.", proxy => proxy.Hold()),
            ("The server did not answer within the deadline.", proxy => proxy.PerByte = TimeSpan.FromMilliseconds(200)),
        ];

        await Task.WhenAll(faults.Select(async fault =>
        {
            await using var faulty = await FaultyAccount.AddAsync(servers);
            fault.Break(faulty.Smtp);

            var id = await SubmitAsync(faulty);
            var waiting = await EndedAsync(faulty, id, "queued");
            await OtherSendsAsync(faulty);
            faulty.Smtp.Heal();
            var sent = await EndedAsync(faulty, id, "sent");

            Assert.StartsWith(fault.Words, waiting.GetProperty("attempts")[0].GetProperty("reply").GetString(), StringComparison.Ordinal);
            Assert.Equal("accepted", Results(sent)[^1]);
            Assert.Equal(2, await ArrivedAsync(faulty.Other, 2)); // its own and ours
        }));
    }

    [Fact]
    public async Task An_answer_lost_after_the_mail_has_left_is_told_as_unknown_and_the_mail_is_not_sent_again()
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        var cut = faulty.Smtp.BreakAt(Toward.Client, " queued as ", LinkEnd.Reset);

        var unknown = await EndedAsync(faulty, await SubmitAsync(faulty), "unknown");
        await EndedAsync(faulty, await SubmitAsync(faulty), "sent"); // the outbox went on

        Assert.True(cut.IsCompleted);
        Assert.Equal("unknown", Assert.Single(Results(unknown)));
        Assert.Equal(2, await ArrivedAsync(faulty.Other, 2));
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_replaced_by_the_copy_that_the_provider_filed()
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        _ = faulty.Smtp.BreakAt(Toward.Client, " queued as ", LinkEnd.Freeze);

        var mail = new { to = new[] { new { address = faulty.Other.Address } }, subject = "Hello", text = "Hi", saveToSent = false, hold = true };
        var held = await faulty.Account.PostAsync("submissions", mail, HttpStatusCode.Accepted);
        await FileCopyAsync(faulty.Account, held.GetProperty("messageIdHeader").GetString()!); // at its leisure: nobody knows how soon the answer is given up
        await faulty.Account.PatchAsync($"submissions/{held.GetProperty("id").GetString()}", new { hold = false });
        var sent = await EndedAsync(faulty, held.GetProperty("id").GetString()!, "sent");

        Assert.Equal("The server's answer was lost, but a copy is in Sent.", sent.GetProperty("attempts").EnumerateArray().Last().GetProperty("reply").GetString());
        Assert.Equal(1, await ArrivedAsync(faulty.Other, 1));
    }

    private static async Task<string> SubmitAsync(FaultyAccount faulty, TestAccount? from = null)
    {
        var mail = new { to = new[] { new { address = faulty.Other.Address } }, subject = "Hello", text = "Hi", saveToSent = false };
        return (await (from ?? faulty.Account).PostAsync("submissions", mail, HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
    }

    private static async Task OtherSendsAsync(FaultyAccount faulty)
    {
        var id = await SubmitAsync(faulty, faulty.Other);
        await EndedAsync(faulty.Other, id, "sent");
    }

    private static Task<JsonElement> EndedAsync(FaultyAccount faulty, string id, string state) => EndedAsync(faulty.Account, id, state);

    /// <summary>The submission once an attempt has left it in this state.</summary>
    private static async Task<JsonElement> EndedAsync(TestAccount account, string id, string state)
    {
        await using var events = await EventReader.OpenAsync(account);
        while (true)
        {
            var now = await account.GetAsync($"submissions/{id}");
            if (now.GetProperty("state").GetString() == state && now.GetProperty("attempts").GetArrayLength() > 0) { return now; }

            await events.NextAsync("submission.state");
        }
    }

    private static string?[] Results(JsonElement submission) =>
        [.. submission.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("result").GetString())];

    /// <summary>How many mails have come, once so many have and one that was sent after them.</summary>
    private async Task<int> ArrivedAsync(TestAccount account, int expected)
    {
        using var mark = new MimeKit.MimeMessage([MimeKit.MailboxAddress.Parse(account.Address)], [MimeKit.MailboxAddress.Parse(account.Address)], "Mark", new MimeKit.TextPart("plain") { Text = "x" });
        await servers.Mail.SubmitAsync(account.Address, mark, Ct);
        using var imap = await account.ImapAsync();
        var inbox = await TestAccount.OpenAsync(imap, "INBOX");
        while (true)
        {
            var all = await inbox.FetchAsync(0, -1, MessageSummaryItems.Envelope, Ct);
            if (all.Count > expected && all.Any(m => m.Envelope!.Subject == "Mark")) { return all.Count - 1; }

            await NewsAsync(imap, inbox);
        }
    }

    /// <summary>What a provider does that files what is sent through it.</summary>
    private static async Task FileCopyAsync(TestAccount account, string messageId)
    {
        using var copy = new MimeKit.MimeMessage { MessageId = messageId, Subject = "Hello", Body = new MimeKit.TextPart("plain") { Text = "Hi" } };
        using var imap = await account.ImapAsync();
        await (await TestAccount.OpenAsync(imap, "Sent")).AppendAsync(copy, MessageFlags.Seen, Ct);
    }

    private static async Task NewsAsync(ImapClient imap, IMailFolder inbox)
    {
        var before = inbox.Count;
        using var news = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        void Note(object? sender, EventArgs e) => news.Cancel();
        inbox.CountChanged += Note;
        try
        {
            await imap.NoOpAsync(Ct);
            if (inbox.Count == before) { await imap.IdleAsync(news.Token, Ct); }
        }
        finally { inbox.CountChanged -= Note; }
    }
}
