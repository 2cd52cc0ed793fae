using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Mailboxes;

public sealed class ListMailboxesTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mailboxes_come_with_the_roles_the_server_tells()
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var items = (await user.GetAsync("mailboxes", Ct)).Json.GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            ["INBOX inbox", "Drafts drafts", "Sent sent", "Archive archive", "Junk junk", "Trash trash"],
            items.Select(m => $"{m.GetProperty("path").GetString()} {m.GetProperty("role").GetString()}"));
    }

    [Fact]
    public async Task Counts_are_those_of_now()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two", "three"], Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        await imap.Inbox!.AddFlagsAsync(0, MessageFlags.Seen, silent: true, Ct);

        var inbox = await user.MailboxAsync("inbox", Ct);

        Assert.Equal((3, 2), (inbox.GetProperty("total").GetInt32(), inbox.GetProperty("unread").GetInt32()));
    }

    [Fact]
    public async Task A_nested_mailbox_names_its_parent_and_reads_as_a_person_would()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        using var imap = await servers.Mail.ImapAsync(user.Address, Ct);
        var travel = await imap.GetFolder(imap.PersonalNamespaces[0])!.CreateAsync("Travel", true, Ct);
        await travel!.CreateAsync("Réservations 東京", true, Ct);

        var items = (await user.GetAsync("mailboxes", Ct)).Json.GetProperty("items").EnumerateArray().ToList();

        var parent = items.Single(m => m.GetProperty("path").GetString() == "Travel");
        var child = items.Single(m => m.GetProperty("path").GetString() == "Travel/Réservations 東京");
        Assert.Equal(parent.GetProperty("id").GetString(), child.GetProperty("parentId").GetString());
        Assert.Equal("Réservations 東京", child.GetProperty("name").GetString());
    }
}
