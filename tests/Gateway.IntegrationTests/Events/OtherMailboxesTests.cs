using System.Text.Json;
using Gateway.TestKit.Servers;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Events;

/// <summary>What another mail program does in mailboxes that nobody has selected: told where the server has NOTIFY, found by polling where not.</summary>
public sealed class OtherMailboxesTests(RealServers servers)
{
    private static readonly GatewaySettings Soon = new()
    {
        Variables = new Dictionary<string, string> { ["GATEWAY__Watch__PollFastest"] = "00:00:01", ["GATEWAY__Watch__PollSlowest"] = "00:00:02" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arrivals_flags_and_expunges_are_told_with_the_counts()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        var archive = await account.MailboxAsync("archive");
        using var imap = await account.ImapAsync();
        var folder = await TestAccount.OpenAsync(imap, "Archive");
        await AppendAsync(folder, "Was there before");
        await using var events = await EventReader.OpenAsync(http, account.Id);
        await ProbeAsync(folder, events);

        var uid = await AppendAsync(folder, "Filed");
        var created = await events.NextAsync("message.created", row => row.GetProperty("subject").GetString() == "Filed");
        var counts = await events.NextAsync("mailbox.counts", c => c.GetProperty("mailboxId").GetString() == archive && c.GetProperty("total").GetInt32() == 3);
        await folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, Ct);
        var updated = await events.NextAsync("message.updated", Of(archive));
        var read = await events.NextAsync("mailbox.counts", Of(archive));
        await folder.AddFlagsAsync(uid, MessageFlags.Deleted, silent: true, Ct);
        await folder.ExpungeAsync([uid], Ct);
        var deleted = await events.NextAsync("message.deleted", Of(archive));

        Assert.Equal((archive, 3), (created.GetProperty("data").GetProperty("mailboxId").GetString(), counts.GetProperty("data").GetProperty("unread").GetInt32()));
        Assert.Equal((IdOf(created), 2), (IdOf(updated), read.GetProperty("data").GetProperty("unread").GetInt32()));
        Assert.Equal(IdOf(created), IdOf(deleted));
    }

    [Fact]
    public async Task What_happened_while_the_process_was_dead_is_told_once()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        var (archive, inbox) = (await account.MailboxAsync("archive"), await account.MailboxAsync("inbox"));
        using var imap = await account.ImapAsync();
        var folder = await TestAccount.OpenAsync(imap, "Archive");
        var (kept, lost) = (await AppendAsync(folder, "Kept"), await AppendAsync(folder, "Lost"));
        string cursor;
        await using (var events = await EventReader.OpenAsync(http, account.Id))
        {
            await account.DeliverAsync("Subject: In the inbox\r\n\r\nText\r\n");
            await events.NextAsync("message.created", Of(inbox));
            cursor = await ProbeAsync(folder, events);
        }

        await gateway.KillAsync(Ct);
        await folder.AddFlagsAsync(kept, MessageFlags.Flagged, silent: true, Ct);
        await folder.AddFlagsAsync(lost, MessageFlags.Deleted, silent: true, Ct);
        await folder.ExpungeAsync([lost], Ct);
        await AppendAsync(folder, "Came meanwhile");
        using (var other = await account.ImapAsync())
        {
            var there = await TestAccount.OpenAsync(other, "INBOX");
            await there.AddFlagsAsync(0, MessageFlags.Answered, silent: true, Ct);
        }

        await gateway.RestartAsync(Ct);
        await using var again = await EventReader.OpenAsync(http, account.Id, cursor);
        HashSet<(string, string)> told = [];
        while (told.Count < 4) { Assert.True(told.Add(What(await again.NextAsync(Changes)))); }

        Assert.True(told.SetEquals([("message.created", archive), ("message.deleted", archive), ("message.updated", archive), ("message.updated", inbox)]), string.Join(' ', told));
        await AppendAsync(folder, "The next thing to happen");
        var next = await again.NextAsync(Changes);
        Assert.Equal("The next thing to happen", next.GetProperty("data").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task A_mailbox_that_another_program_makes_and_fills_is_told_of_and_one_that_goes_harms_nothing()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        var archive = await account.MailboxAsync("archive");
        using var imap = await account.ImapAsync();
        var folder = await TestAccount.OpenAsync(imap, "Archive");
        await using var events = await EventReader.OpenAsync(http, account.Id);
        await ProbeAsync(folder, events);

        var made = (await imap.GetFolder(imap.PersonalNamespaces[0])!.CreateAsync("Project", isMessageFolder: true, Ct))!;
        await AppendAsync(made, "Plan");
        var created = await events.NextAsync("message.created", row => row.GetProperty("subject").GetString() == "Plan");
        await made.DeleteAsync(Ct);
        await AppendAsync(folder, "After");
        await events.NextAsync("message.created", row => row.GetProperty("subject").GetString() == "After");

        Assert.NotEqual(archive, created.GetProperty("data").GetProperty("mailboxId").GetString());
    }

    private static readonly string[] Changes = ["message.created", "message.updated", "message.deleted"];

    private static Func<JsonElement, bool> Of(string mailbox) => data => data.GetProperty("mailboxId").GetString() == mailbox;

    private static string IdOf(JsonElement happened) => happened.GetProperty("data").GetProperty("id").GetString()!;

    private static (string, string) What(JsonElement happened) => (happened.GetProperty("type").GetString()!, happened.GetProperty("data").GetProperty("mailboxId").GetString()!);

    private static async Task<UniqueId> AppendAsync(IMailFolder folder, string subject)
    {
        using var mail = new MimeMessage([MailboxAddress.Parse("bob@example.test")], [MailboxAddress.Parse("ann@example.test")], subject, new TextPart("plain") { Text = "Text" });
        return (await folder.AppendAsync(mail, MessageFlags.None, Ct))!.Value;
    }

    /// <summary>Files a mail and waits until it is told: then what the mailbox holds is known. Answers the cursor after.</summary>
    private static async Task<string> ProbeAsync(IMailFolder folder, EventReader events)
    {
        await AppendAsync(folder, "Probe");
        return (await events.NextAsync("message.created", row => row.GetProperty("subject").GetString() == "Probe")).GetProperty("id").GetString()!;
    }
}
