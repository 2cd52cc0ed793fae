using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Many mails at once: chosen by key and pointer, changed, and brought back.</summary>
public sealed class SelectionTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_range_chosen_by_keys_is_archived_and_comes_back()
    {
        var (_, mail) = await WithMailsAsync(6);
        await mail.Page.Locator("[data-message-list]").FocusAsync();
        await mail.Page.Keyboard.PressAsync("j");
        await mail.Page.Keyboard.PressAsync("x");
        await mail.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await mail.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(mail.Selection).ToContainTextAsync("3 selected");
        await Expect(mail.Page.GetByRole(AriaRole.Option, new() { Selected = true })).ToHaveCountAsync(3);

        await mail.Page.Keyboard.PressAsync("e");
        await Expect(mail.Rows).ToHaveCountAsync(3);
        await Expect(mail.Status.Filter(new() { HasText = "3 archived." }).First).ToBeVisibleAsync();
        await mail.Page.Keyboard.PressAsync("z");

        await Expect(mail.Rows).ToHaveCountAsync(6);
        Assert.Equal(["Mail 6", "Mail 5", "Mail 4", "Mail 3", "Mail 2", "Mail 1"], await mail.SubjectsAsync());
    }

    [Fact]
    public async Task Boxes_and_Shift_click_choose_and_the_bar_marks_as_read()
    {
        var (_, mail) = await WithMailsAsync(5);
        await mail.ChooseAsync("Mail 5");
        await mail.Row("Mail 3").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(mail.Selection).ToContainTextAsync("3 selected");

        await mail.PressAsync("Mark as read");
        await Expect(mail.Page.Locator("[data-message-id].unread")).ToHaveCountAsync(2);
        await mail.Page.Keyboard.PressAsync("Escape");
        await Expect(mail.Selection).ToHaveCountAsync(0);
        await mail.Page.Keyboard.PressAsync("*");
        await mail.Page.Keyboard.PressAsync("u");
        await Expect(mail.Selection).ToContainTextAsync("2 selected");
        await mail.Page.Keyboard.PressAsync("z");
        await Expect(mail.Page.Locator("[data-message-id].unread")).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task A_label_is_given_and_shown()
    {
        var (_, mail) = await WithMailsAsync(2);
        await mail.ChooseAsync("Mail 1");
        await mail.Page.Keyboard.PressAsync("l");
        await mail.Page.Keyboard.TypeAsync("Tax");
        await mail.Page.Keyboard.PressAsync("Enter");

        await Expect(mail.Row("Mail 1")).ToContainTextAsync("Tax");
        await mail.Page.ReloadAsync();
        await Expect(mail.Row("Mail 1")).ToContainTextAsync("Tax");
    }

    [Fact]
    public async Task Everything_in_a_mailbox_is_deleted_in_one_go_and_comes_back()
    {
        var (address, mail) = await WithMailsAsync(60);
        await mail.ChooseAsync("Mail 60");
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "Select all 60 here" }).ClickAsync();
        await Expect(mail.Selection).ToContainTextAsync("All 60 here");

        await mail.Selection.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(mail.Rows).ToHaveCountAsync(0);
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(mail.Status.Filter(new() { HasText = "Taken back." }).First).ToBeVisibleAsync();
        await Expect(mail.Row("Mail 60")).ToBeVisibleAsync();
        using var imap = await site.Mail.ImapAsync(address, Ct);
        await imap.Inbox!.StatusAsync(MailKit.StatusItems.Count, Ct);
        Assert.Equal(60, imap.Inbox.Count);
    }

    [Fact]
    public async Task More_than_a_thousand_are_an_operation_that_tells_how_far_it_is_and_comes_back()
    {
        var (address, mail) = await WithImportedAsync(1100);
        await mail.ChooseAsync("Mail 1100");
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "Select all 1,100 here" }).ClickAsync();

        await mail.Selection.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(mail.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Expect(mail.Rows).ToHaveCountAsync(0);
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(mail.Status.Filter(new() { HasText = "Taken back." }).First).ToBeVisibleAsync();
        await AssertCountAsync(address, 1100);
    }

    [Fact]
    public async Task An_operation_is_stopped_where_it_is()
    {
        var (_, mail) = await WithImportedAsync(1100);
        var isStopped = false;
        // The server is quicker than anybody's hand: it is said to be half through until the button is pressed.
        await mail.Page.RouteAsync("**/v1/operations/*", async route =>
        {
            isStopped |= route.Request.Method == "DELETE";
            var answer = await route.FetchAsync();
            var body = System.Text.Json.Nodes.JsonNode.Parse(await answer.TextAsync()) as System.Text.Json.Nodes.JsonObject;
            if (route.Request.Method == "DELETE" || body is null)
            {
                await route.FulfillAsync(new() { Response = answer });
                return;
            }

            (body["state"], body["done"]) = (isStopped ? "canceled" : "running", 550);
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
        });
        await mail.ChooseAsync("Mail 1100");
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "Select all 1,100 here" }).ClickAsync();
        await mail.Selection.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(mail.Page.GetByText("550 of 1,100 done").First).ToBeVisibleAsync();

        await mail.PressAsync("Stop");

        await Expect(mail.Status.Filter(new() { HasText = "Stopped after 550 messages." }).First).ToBeVisibleAsync();
        await Expect(mail.Page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Rows_are_dragged_to_a_mailbox_and_moved_by_the_menu_that_does_the_same()
    {
        var (_, mail) = await WithMailsAsync(3);
        await mail.ChooseAsync("Mail 3");
        await mail.ChooseAsync("Mail 2");
        await mail.Row("Mail 2").DragToAsync(mail.Mailbox("Archive"));
        await Expect(mail.Rows).ToHaveCountAsync(1);

        await mail.Row("Mail 1").ClickAsync(new() { Button = MouseButton.Right });
        await mail.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Move to…" }).ClickAsync();
        await mail.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Archive" }).ClickAsync();
        await Expect(mail.Rows).ToHaveCountAsync(0);
        await mail.GoToAsync("Archive");
        await Expect(mail.Rows).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task A_change_the_server_refuses_comes_back_with_a_reason_and_a_retry()
    {
        var (_, mail) = await WithMailsAsync(2);
        await mail.Page.RouteAsync("**/messages/batch", route => route.FulfillAsync(new()
        {
            Status = 502, ContentType = "application/problem+json", Body = """{"type":"about:blank","title":"Down","status":502,"code":"server-unreachable","detail":"The mail server is down."}""",
        }));
        await mail.Row("Mail 1").HoverAsync();
        await mail.List.GetByTitle("Archive", new() { Exact = true }).ClickAsync();

        await Expect(mail.Row("Mail 1")).ToContainTextAsync("Not moved. The mail server is down.");
        await mail.Page.UnrouteAsync("**/messages/batch");
        await mail.Row("Mail 1").ClickAsync(new() { Button = MouseButton.Right });
        await mail.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Retry" }).ClickAsync();
        await Expect(mail.Row("Mail 1")).ToHaveCountAsync(0);
    }

    /// <summary>So many that delivering them one by one would take minutes.</summary>
    private async Task<(string Address, MailPage Mail)> WithImportedAsync(int count)
    {
        var address = site.Mail.NewUser("thousands");
        using (var imap = await site.Mail.ImapAsync(address, Ct))
        {
            var mails = Enumerable.Range(1, count).Select(i => new MimeKit.MimeMessage([MimeKit.MailboxAddress.Parse("ann@example.test")], [MimeKit.MailboxAddress.Parse(address)], $"Mail {i}", new MimeKit.TextPart("plain") { Text = "Text" })).ToList();
            await imap.Inbox!.AppendAsync([.. mails.Select(mail => new MailKit.AppendRequest(mail, MailKit.MessageFlags.None))], Ct);
            mails.ForEach(mail => mail.Dispose());
        }

        var (signIn, _) = await site.OpenAsync(height: 1000);
        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Row($"Mail {count}")).ToBeVisibleAsync();
        return (address, mail);
    }

    private async Task AssertCountAsync(string address, int count)
    {
        using var imap = await site.Mail.ImapAsync(address, Ct);
        await imap.Inbox!.StatusAsync(MailKit.StatusItems.Count, Ct);
        Assert.Equal(count, imap.Inbox.Count);
    }

    private async Task<(string Address, MailPage Mail)> WithMailsAsync(int count)
    {
        var address = site.Mail.NewUser("many");
        for (var i = 1; i <= count; i++) { await site.Mail.DeliverAsync(address, $"From: ann@example.test\r\nSubject: Mail {i}\r\n\r\nText {i}\r\n", Ct); }

        var (signIn, _) = await site.OpenAsync(height: 1000);
        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Row($"Mail {count}")).ToBeVisibleAsync();
        return (address, mail);
    }
}
