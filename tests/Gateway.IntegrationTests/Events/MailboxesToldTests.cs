using System.Net;
using System.Text.Json;
using Gateway.TestKit.Servers;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Events;

/// <summary>Mailboxes that come, go and get another name: told once, whoever did it and whoever was looking.</summary>
public sealed class MailboxesToldTests(RealServers servers)
{
    private static readonly string[] Told = ["mailbox.created", "mailbox.renamed", "mailbox.deleted"];

    private static readonly GatewaySettings Soon = new()
    {
        Variables = new Dictionary<string, string> { ["GATEWAY__Watch__PollFastest"] = "00:00:01", ["GATEWAY__Watch__PollSlowest"] = "00:00:02" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_program_makes_renames_and_deletes_is_told_with_ids_that_stay()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        using var imap = await account.ImapAsync();
        await using var events = await EventReader.OpenAsync(http, account.Id);
        var cursor = await ProbeAsync(imap, events);

        var made = await CreateAsync(imap, "Project");
        await AppendAsync(made, "Plan");
        var created = DataOf(await events.NextAsync("mailbox.created"));
        var message = DataOf(await events.NextAsync("message.created", row => Text(row, "subject") == "Plan"));
        await AgeAsync(account, made);
        await made.RenameAsync(imap.GetFolder(imap.PersonalNamespaces[0])!, "Plans", Ct);
        var renamed = DataOf(await events.NextAsync("mailbox.renamed"));
        var row = await account.GetAsync($"messages/{Text(message, "id")}");
        await made.DeleteAsync(Ct);
        var deleted = DataOf(await events.NextAsync("mailbox.deleted"));

        Assert.Equal(("Project", Text(created, "id")), (Text(created, "name"), Text(message, "mailboxId")));
        Assert.Equal(("Plans", Text(created, "id")), (Text(renamed, "name"), Text(renamed, "id")));
        Assert.Equal(("Plan", Text(created, "id")), (Text(row, "subject"), Text(row, "mailboxId")));
        Assert.Equal(Text(created, "id"), Text(deleted, "id"));
        Assert.Equal(Told, (await LogAsync(http, account, imap, cursor)).Select(e => Text(e, "type")));
    }

    [Fact]
    public async Task A_mailbox_renamed_with_those_below_it_is_told_once()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        using var imap = await account.ImapAsync();
        await AgeAsync(account, await TestAccount.OpenAsync(imap, "Archive")); // or two that were made at once have one UIDVALIDITY
        var above = await CreateAsync(imap, "Above");
        await AgeAsync(account, above);
        var below = (await above.CreateAsync("Below", isMessageFolder: true, Ct))!;
        await using var events = await EventReader.OpenAsync(http, account.Id);
        var cursor = await ProbeAsync(imap, events);
        var before = await account.GetAsync("mailboxes");
        await AgeAsync(account, above, below);

        await above.RenameAsync(imap.GetFolder(imap.PersonalNamespaces[0])!, "Over", Ct);
        var renamed = DataOf(await events.NextAsync("mailbox.renamed"));

        var after = await account.GetAsync("mailboxes");
        Assert.Equal((Id(before, "Above"), "Over"), (Text(renamed, "id"), Text(renamed, "name")));
        Assert.Equal((Id(before, "Above"), Id(before, "Below")), (Id(after, "Over"), Id(after, "Below")));
        Assert.Single(await LogAsync(http, account, imap, cursor));
    }

    [Fact]
    public async Task What_happened_while_the_process_was_dead_is_told_once_after_it()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        using var imap = await account.ImapAsync();
        var goes = await CreateAsync(imap, "Goes");
        string cursor;
        await using (var events = await EventReader.OpenAsync(http, account.Id)) { cursor = await ProbeAsync(imap, events); }

        await gateway.KillAsync(Ct);
        await goes.DeleteAsync(Ct);
        await CreateAsync(imap, "Comes");
        await gateway.RestartAsync(Ct);
        await using (var again = await EventReader.OpenAsync(http, account.Id, cursor)) { await again.NextAsync("mailbox.created"); }

        await gateway.KillAsync(Ct);
        await gateway.RestartAsync(Ct);

        var log = await LogAsync(http, account, imap, cursor);
        Assert.Equal(["mailbox.deleted", "mailbox.created"], log.Select(e => Text(e, "type")));
        Assert.Equal("Comes", Text(DataOf(log[1]), "name"));
    }

    [Fact]
    public async Task What_we_do_ourselves_is_told_once_while_the_account_is_watched()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        using var imap = await account.ImapAsync();
        await using var events = await EventReader.OpenAsync(http, account.Id);
        var cursor = await ProbeAsync(imap, events);

        var id = Text(await account.PostAsync("mailboxes", new { name = "Ours" }, HttpStatusCode.Created), "id");
        await account.PostAsync("mailboxes", new { name = "Below", parentId = id }, HttpStatusCode.Created);
        await account.PatchAsync($"mailboxes/{id}", new { name = "Our own" });
        await account.DeleteAsync($"mailboxes/{Id(await account.GetAsync("mailboxes"), "Below")}");
        await account.DeleteAsync($"mailboxes/{id}");

        var log = await LogAsync(http, account, imap, cursor);
        Assert.Equal(["mailbox.created", "mailbox.created", "mailbox.renamed", "mailbox.deleted", "mailbox.deleted"], log.Select(e => Text(e, "type")));
    }

    private static JsonElement DataOf(JsonElement happened) => happened.GetProperty("data");

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static string Id(JsonElement mailboxes, string name) => Text(mailboxes.GetProperty("items").EnumerateArray().Single(m => Text(m, "name") == name), "id");

    private static async Task<IMailFolder> CreateAsync(ImapClient imap, string name) => (await imap.GetFolder(imap.PersonalNamespaces[0])!.CreateAsync(name, isMessageFolder: true, Ct))!;

    /// <summary>A UIDVALIDITY is a second of the clock: before it is over, and the mailboxes were listed since, a renamed mailbox could as well be another that was made anew.</summary>
    private static async Task AgeAsync(TestAccount account, params IMailFolder[] folders)
    {
        foreach (var folder in folders) { await folder.StatusAsync(StatusItems.UidValidity, Ct); }

        while (DateTimeOffset.UtcNow.ToUnixTimeSeconds() <= folders.Max(f => f.UidValidity) + 2) { await Task.Delay(200, Ct); }

        await account.GetAsync("mailboxes");
    }

    /// <summary>What is told of mailboxes since the cursor: all that there is to tell, since a mail that is filed now is told after it.</summary>
    private static async Task<IReadOnlyList<JsonElement>> LogAsync(HttpClient http, TestAccount account, ImapClient imap, string cursor)
    {
        await using var events = await EventReader.OpenAsync(http, account.Id, cursor);
        await AppendAsync(await TestAccount.OpenAsync(imap, "Archive"), "Last");
        List<JsonElement> told = [];
        while (true)
        {
            var happened = await events.NextAsync([.. Told, "message.created"]);
            if (Text(happened, "type") != "message.created") { told.Add(happened); }
            else if (Text(DataOf(happened), "subject") == "Last") { return told; }
        }
    }

    private static async Task AppendAsync(IMailFolder folder, string subject)
    {
        using var mail = new MimeMessage([MailboxAddress.Parse("bob@example.test")], [MailboxAddress.Parse("ann@example.test")], subject, new TextPart("plain") { Text = "Text" });
        await folder.AppendAsync(mail, MessageFlags.None, Ct);
    }

    /// <summary>Files a mail and waits until it is told: then the mailboxes are known. Answers the cursor after.</summary>
    private static async Task<string> ProbeAsync(ImapClient imap, EventReader events)
    {
        await AppendAsync(await TestAccount.OpenAsync(imap, "Archive"), "Probe");
        return Text(await events.NextAsync("message.created", row => Text(row, "subject") == "Probe"), "id");
    }
}
