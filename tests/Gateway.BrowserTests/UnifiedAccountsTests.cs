using System.Text.RegularExpressions;
using Gateway.BrowserTests.Access;
using Gateway.BrowserTests.Pages;
using MailKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>All inboxes of a session in one list, in which one reads and works as in any other.</summary>
public sealed class UnifiedAccountsTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string _first = "";
    private string _second = "";

    [Fact]
    public async Task An_inbox_that_cannot_be_read_is_told_by_its_address_and_read_again_on_demand()
    {
        var (accounts, mail) = await WithMailsAsync(1);
        var address = $"**/v1/accounts/{await IdAsync(accounts, _first)}/bootstrap*";
        await accounts.Page.RouteAsync(address, AccountsPage.DownAsync);
        await accounts.OpenAllDeafAsync(site.Address);
        await Expect(accounts.Notice).ToContainTextAsync($"{_first} could not be read. The mail server is down.");
        await Expect(mail.Row("Second 1")).ToBeVisibleAsync();
        await Expect(mail.Row("First 1")).ToHaveCountAsync(0);

        await accounts.Page.UnrouteAsync(address);
        await accounts.Notice.GetByRole(AriaRole.Button, new() { Name = $"Try again: {_first}" }).ClickAsync();

        await Expect(mail.Row("First 1")).ToBeVisibleAsync();
        await Expect(accounts.Notice).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_stops_no_other_account_and_comes_when_asked_again()
    {
        var (accounts, mail) = await WithMailsAsync(60);
        var address = new Regex($"/v1/accounts/{await IdAsync(accounts, _first)}/messages\\?.*cursor=");
        await accounts.Page.RouteAsync(address, AccountsPage.DownAsync);
        await accounts.OpenAllDeafAsync(site.Address);
        await Expect(mail.Rows.First).ToBeVisibleAsync();
        var last = accounts.Page.Locator("[data-message-id]").Filter(new() { HasTextRegex = new("Second 1 ") });
        while (await last.CountAsync() == 0)
        {
            await mail.List.EvaluateAsync("list => new Promise(drawn => { list.scrollTop += list.clientHeight / 2; requestAnimationFrame(drawn) })");
        }

        await Expect(accounts.Notice).ToContainTextAsync(_first);

        await accounts.Page.UnrouteAsync(address);
        await accounts.Notice.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(accounts.Notice).ToHaveCountAsync(0);
        await Expect(accounts.Page.GetByText("120 messages")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_comes_while_nothing_can_be_heard_is_there_once_the_connection_is()
    {
        var (accounts, mail) = await WithMailsAsync(1);
        await accounts.OpenAllDeafAsync(site.Address);
        await Expect(mail.Row("First 1")).ToBeVisibleAsync();
        await Expect(accounts.Offline).ToBeVisibleAsync();
        await site.Mail.DeliverAsync(_second, "From: c@example.test\r\nSubject: Missed\r\n\r\nText\r\n", Ct);

        await accounts.Page.UnrouteAllAsync();

        await Expect(mail.Row("Missed")).ToBeVisibleAsync();
        await Expect(accounts.Offline).ToHaveCountAsync(0);
        await site.Mail.DeliverAsync(_first, "From: c@example.test\r\nSubject: Heard\r\n\r\nText\r\n", Ct);
        await Expect(mail.Row("Heard")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task All_inboxes_stand_above_the_mailboxes_and_count_what_is_unread_in_both()
    {
        var (accounts, mail) = await WithMailsAsync(2);
        await accounts.OpenAllAsync();
        await Expect(accounts.Entry).ToHaveAttributeAsync("aria-current", "page");
        await Expect(accounts.Entry).ToHaveAccessibleNameAsync("All inboxes, 4 unread");
        await Expect(accounts.Page).ToHaveTitleAsync(new Regex("^\\(4\\) All inboxes"));

        await accounts.Page.Keyboard.PressAsync("j");
        await accounts.Page.Keyboard.PressAsync("Shift+I");
        await Expect(accounts.Entry).ToHaveAccessibleNameAsync("All inboxes, 3 unread");
        await mail.GoToAsync("Trash");

        await Expect(accounts.Page.GetByRole(AriaRole.Heading, new() { Name = "Trash", Level = 1 })).ToBeVisibleAsync();
        await Expect(accounts.Entry).Not.ToHaveAttributeAsync("aria-current", "page");
        await accounts.OpenAllAsync();
        await Expect(mail.Rows).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task What_is_chosen_from_both_is_archived_in_both_and_taken_back_as_one()
    {
        var (accounts, mail) = await WithMailsAsync(2);
        await accounts.OpenAllAsync();
        await Expect(mail.Rows).ToHaveCountAsync(4);
        var before = await mail.SubjectsAsync();
        await mail.List.FocusAsync();
        await accounts.Page.Keyboard.PressAsync("Control+a");
        await Expect(mail.Selection).ToContainTextAsync("4 selected");

        await accounts.Page.Keyboard.PressAsync("e");
        await Expect(mail.Rows).ToHaveCountAsync(0);
        await Expect(mail.Status.Filter(new() { HasText = "4 archived." }).First).ToBeVisibleAsync();
        await InMailboxAsync(_first, "Archive", 2);
        await InMailboxAsync(_second, "Archive", 2);
        await accounts.Page.Keyboard.PressAsync("z");

        await Expect(mail.Rows).ToHaveCountAsync(4);
        await InMailboxAsync(_first, "INBOX", 2);
        await InMailboxAsync(_second, "INBOX", 2);
        Assert.Equal(before.Order(), (await mail.SubjectsAsync()).Order());
    }

    [Fact]
    public async Task What_one_account_refuses_comes_back_with_a_reason_while_the_other_has_done_it()
    {
        var (accounts, mail) = await WithMailsAsync(1);
        await accounts.OpenAllAsync();
        await accounts.Page.RouteAsync($"**/v1/accounts/{await IdAsync(accounts, _second)}/messages/batch", AccountsPage.DownAsync);
        await mail.ChooseAsync("First 1");
        await mail.Row("Second 1").ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await mail.Selection.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Expect(mail.Row("Second 1")).ToContainTextAsync("Not moved. The mail server is down.");
        await Expect(mail.Row("First 1")).ToHaveCountAsync(0);
        await accounts.Page.UnrouteAllAsync();
        await mail.Row("Second 1").ClickAsync(new() { Button = MouseButton.Right });
        await accounts.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Retry" }).ClickAsync();
        await Expect(mail.Rows).ToHaveCountAsync(0);
        await InMailboxAsync(_first, "Trash", 1);
        await InMailboxAsync(_second, "Trash", 1);
    }

    [Fact]
    public async Task Keys_and_the_buttons_at_a_row_act_on_that_row_alone()
    {
        var (accounts, mail) = await WithMailsAsync(2);
        await accounts.OpenAllAsync();
        await mail.Row("First 2").HoverAsync();
        await mail.List.GetByTitle("Flag", new() { Exact = true }).ClickAsync();
        await Expect(mail.Row("First 2").Locator(".flag")).ToBeVisibleAsync();
        await Expect(mail.Row("Second 2").Locator(".flag")).ToHaveCountAsync(0);

        await mail.Row("Second 2").HoverAsync();
        await mail.List.GetByTitle("Mark as read", new() { Exact = true }).ClickAsync();
        await Expect(accounts.Page.Locator("[data-message-id].unread")).ToHaveCountAsync(3);
        await mail.List.FocusAsync();
        await accounts.Page.Keyboard.PressAsync("Home");
        var deleted = (await accounts.Cursor.GetAttributeAsync("data-message-id"))!;
        await accounts.Page.Keyboard.PressAsync("#");

        await Expect(accounts.Page.Locator($"[data-message-id='{deleted}']")).ToHaveCountAsync(0);
        await Expect(mail.Rows).ToHaveCountAsync(3);
        await accounts.Undo.ClickAsync();
        await Expect(accounts.Page.Locator($"[data-message-id='{deleted}']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_opens_beside_the_list_and_one_reads_on_and_goes_back_to_the_same_place()
    {
        var (accounts, mail) = await WithMailsAsync(30);
        await accounts.OpenAllAsync();
        await mail.List.EvaluateAsync("list => { list.scrollTop = 1200 }");
        var row = mail.Row("First 1").First;
        await row.ClickAsync();
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await Expect(mail.List).ToBeVisibleAsync();
        await Expect(accounts.Page).ToHaveURLAsync(new Regex("/mail/all/[^/]+/[^/]+$"));
        var at = await mail.List.EvaluateAsync<int>("list => list.scrollTop");
        var opened = await accounts.Cursor.GetAttributeAsync("data-message-id");
        await accounts.Page.Keyboard.PressAsync("j");
        await Expect(accounts.Cursor).Not.ToHaveAttributeAsync("data-message-id", opened!);
        await Expect(accounts.Page).Not.ToHaveURLAsync(new Regex($"{Regex.Escape(opened!)}$"));
        await accounts.Page.Keyboard.PressAsync("k");
        await Expect(accounts.Page).ToHaveURLAsync(new Regex($"{Regex.Escape(opened!)}$"));

        await accounts.Page.Keyboard.PressAsync("Escape");

        await Expect(accounts.Page).ToHaveURLAsync(new Regex("/mail/all$"));
        await Expect(accounts.Cursor).ToHaveAttributeAsync("data-message-id", opened!);
        await Expect(mail.List).ToBeFocusedAsync();
        Assert.Equal(at, await mail.List.EvaluateAsync<int>("list => list.scrollTop"));
    }

    [Fact]
    public async Task A_message_is_read_and_answered_as_the_account_it_came_to()
    {
        var (accounts, mail) = await WithMailsAsync(1);
        await accounts.OpenAllAsync();
        await mail.OpenAsync("First 1");
        await Expect(mail.Body.GetByText("Text of First 1")).ToBeVisibleAsync();
        await Expect(accounts.Page.Locator("[role=option][aria-current=true]")).ToContainTextAsync("First 1");
        var answer = await mail.ReplyAsync();
        await Expect(answer.Body).ToBeVisibleAsync();
        await Expect(accounts.Page.GetByRole(AriaRole.Heading, new() { Name = "All inboxes", Level = 1 })).ToHaveCountAsync(1);
        await accounts.Page.Keyboard.TypeAsync("An answer");
        await answer.SendAsync();
        await InMailboxAsync(_first, "Sent", 1);
    }

    [Fact]
    public async Task On_a_phone_it_is_one_column_with_a_way_to_the_mailboxes()
    {
        var (accounts, mail) = await WithMailsAsync(2, width: 390);
        await accounts.Page.GetByRole(AriaRole.Button, new() { Name = "Show folders" }).ClickAsync();
        await accounts.OpenAllAsync();
        await Expect(accounts.Entry).ToBeHiddenAsync();
        await mail.OpenAsync("First 2");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await Expect(mail.List).ToBeHiddenAsync();

        await accounts.Page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();

        await Expect(mail.Row("Second 2")).ToBeVisibleAsync();
        await Expect(accounts.Page).ToHaveURLAsync(new Regex("/mail/all$"));
    }

    [Fact]
    public async Task A_screen_reader_is_told_where_it_is_and_axe_finds_nothing()
    {
        var (accounts, mail) = await WithMailsAsync(2);
        var axe = new Axe(accounts.Page);
        await accounts.OpenAllAsync();
        var row = accounts.Page.GetByRole(AriaRole.Option, new() { Name = "First 2" });
        await Expect(row).ToHaveAccessibleNameAsync(new Regex($"^unread.*{Regex.Escape(_first)}"));
        await Expect(row).ToHaveAttributeAsync("aria-setsize", "4");
        await axe.LookAsync("all inboxes");
        await mail.ChooseAsync("First 2");
        await axe.LookAsync("all inboxes, chosen");
        await accounts.Page.Keyboard.PressAsync("Escape");
        await mail.OpenAsync("Second 2");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await axe.LookAsync("all inboxes, reading");
        await accounts.Page.RouteAsync($"**/v1/accounts/{await IdAsync(accounts, _first)}/bootstrap*", AccountsPage.DownAsync);
        await accounts.Page.GotoAsync(new Uri(site.Address, "/mail/all").ToString());
        await Expect(accounts.Notice).ToBeVisibleAsync();
        await axe.LookAsync("all inboxes, one not read");

        axe.AssertClean();
    }

    /// <summary>Two accounts with as many mails each, the second of which is shown.</summary>
    private async Task<(AccountsPage Accounts, MailPage Mail)> WithMailsAsync(int count, int width = 1440)
    {
        (_first, _second) = (site.Mail.NewUser("one"), site.Mail.NewUser("two"));
        for (var i = 1; i <= count; i++)
        {
            await site.Mail.DeliverAsync(_first, $"From: ann@example.test\r\nSubject: First {i}\r\n\r\nText of First {i}\r\n", Ct);
            await site.Mail.DeliverAsync(_second, $"From: bob@example.test\r\nSubject: Second {i}\r\n\r\nText of Second {i}\r\n", Ct);
        }

        var (signIn, page) = await site.OpenAsync(width, 900);
        await signIn.FillAsync(_first, TestKit.Servers.MailServers.Password);
        var accounts = new AccountsPage(page);
        await Expect(accounts.Mail.Row($"First {count}")).ToBeVisibleAsync();
        await accounts.AddAsync(_second);
        await Expect(accounts.Mail.Row($"Second {count}")).ToBeVisibleAsync();
        return (accounts, accounts.Mail);
    }

    private static async Task<string> IdAsync(AccountsPage accounts, string address) =>
        await accounts.Page.EvaluateAsync<string>("async address => (await (await fetch('/v1/session')).json()).accounts.find(({ email }) => email === address).id", address);

    /// <summary>Waits until the server itself has so many there.</summary>
    private async Task InMailboxAsync(string address, string mailbox, int count)
    {
        using var imap = await site.Mail.ImapAsync(address, Ct);
        var folder = await imap.GetFolderAsync(mailbox, Ct);
        await folder.OpenAsync(FolderAccess.ReadOnly, Ct);
        while (folder.Count != count) { await imap.NoOpAsync(Ct); }
    }
}
