using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Mailboxes made, renamed, moved, hidden, emptied and deleted from the tree.</summary>
public sealed class MailboxTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_is_made_renamed_moved_and_deleted()
    {
        var (address, mail) = await SignInAsync();
        await mail.PressAsync("New mailbox");
        await NameAsync(mail, "Work", "Create");
        await Expect(mail.Mailbox("Work")).ToBeVisibleAsync();

        await ActAsync(mail, "Work", "New mailbox inside…");
        await NameAsync(mail, "2026", "Create");
        await Expect(mail.Mailbox("2026")).ToBeVisibleAsync();
        await ActAsync(mail, "2026", "Rename");
        await NameAsync(mail, "Last year", "Rename");
        await Expect(mail.Mailbox("Last year")).ToBeVisibleAsync();
        await ActAsync(mail, "Last year", "Move to…");
        await mail.Page.GetByRole(AriaRole.Menuitem, new() { Name = "To the top" }).ClickAsync();
        await Expect(mail.Page.GetByRole(AriaRole.Button, new() { Name = "Collapse Work" })).ToHaveCountAsync(0);

        await ActAsync(mail, "Work", "Delete");
        await mail.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(mail.Mailbox("Work")).ToHaveCountAsync(0);
        using var imap = await site.Mail.ImapAsync(address, Ct);
        var names = (await imap.GetFoldersAsync(imap.PersonalNamespaces[0], cancellationToken: Ct)).Select(f => f.FullName).ToList();
        Assert.Contains("Last year", names);
        Assert.DoesNotContain("Work", names);
    }

    [Fact]
    public async Task A_name_that_is_taken_says_so_in_the_sheet()
    {
        var (_, mail) = await SignInAsync();
        await mail.PressAsync("New mailbox");
        await NameAsync(mail, "Twice", "Create");
        await Expect(mail.Mailbox("Twice")).ToBeVisibleAsync();

        await mail.PressAsync("New mailbox");
        await NameAsync(mail, "Twice", "Create");

        await Expect(mail.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await Expect(mail.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Twice");
    }

    [Fact]
    public async Task A_hidden_mailbox_stands_below_the_others_and_comes_back()
    {
        var (_, mail) = await SignInAsync();
        await mail.PressAsync("New mailbox");
        await NameAsync(mail, "Old things", "Create");
        await ActAsync(mail, "Old things", "Hide");
        await Expect(mail.Mailbox("Old things")).ToHaveCountAsync(0);

        await mail.PressAsync("1 hidden");
        await ActAsync(mail, "Old things", "Show");

        await Expect(mail.Page.GetByRole(AriaRole.Button, new() { Name = "1 hidden" })).ToHaveCountAsync(0);
        await Expect(mail.Mailbox("Old things")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_trash_is_emptied_after_a_question()
    {
        var (address, mail) = await SignInAsync();
        await site.Mail.DeliverAsync(address, "From: ann@example.test\r\nSubject: Away\r\n\r\nText\r\n", Ct);
        await mail.OpenAsync("Away");
        await mail.Page.Keyboard.PressAsync("#");
        await mail.GoToAsync("Trash");
        await Expect(mail.Row("Away")).ToBeVisibleAsync();

        await ActAsync(mail, "Trash", "Empty Trash…");
        await mail.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Empty" }).ClickAsync();

        await Expect(mail.Rows).ToHaveCountAsync(0);
    }

    private async Task<(string Address, MailPage Mail)> SignInAsync()
    {
        var address = site.Mail.NewUser("tree");
        var (signIn, _) = await site.OpenAsync();
        return (address, await signIn.SignInAsync(address));
    }

    /// <summary>By keyboard, as the menu has to be reachable.</summary>
    private static async Task ActAsync(MailPage mail, string mailbox, string action)
    {
        await Expect(mail.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0); // the event may be faster than the answer that closes it
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {mailbox}" }).FocusAsync();
        await mail.Page.Keyboard.PressAsync("Enter");
        await mail.Page.GetByRole(AriaRole.Menuitem, new() { Name = action }).PressAsync("Enter");
    }

    private static async Task NameAsync(MailPage mail, string name, string button)
    {
        await mail.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await mail.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }
}
