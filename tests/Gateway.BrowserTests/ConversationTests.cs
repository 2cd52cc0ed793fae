using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Mails that answer each other, in the list and in the reader.</summary>
public sealed class ConversationTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_is_one_row_and_shows_what_was_sent_in_between()
    {
        var (address, mail) = await WithConversationAsync();
        await site.Mail.DeliverAsync(address, "From: Cy <cy@example.test>\r\nSubject: Something else\r\n\r\nHello\r\n", Ct);
        await Expect(mail.Rows).ToHaveCountAsync(2);
        await Expect(mail.Row("Boat trip")).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("^unread, Ann, me, Bo.*Boat trip.*3 messages"));

        await mail.OpenAsync("Boat trip");

        var cards = mail.Cards;
        await Expect(cards).ToHaveCountAsync(3);
        await Expect(mail.Reader.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToContainTextAsync("Boat trip");
        await Expect(cards.Nth(1).GetByText("Sent", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(cards.Nth(1).GetByRole(AriaRole.Button, new() { Expanded = false })).ToBeVisibleAsync(); // my own, read
        await Expect(cards.Nth(2).FrameLocator("iframe").GetByText("Saturday it is")).ToBeVisibleAsync();
        await Expect(mail.Row("Boat trip")).Not.ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("^unread"));
    }

    [Fact]
    public async Task Keys_go_through_a_conversation_and_open_all_of_it()
    {
        var (_, mail) = await WithConversationAsync();
        await mail.OpenAsync("Boat trip");
        await Expect(mail.ShownFrame.First).ToBeVisibleAsync();

        await mail.Page.Keyboard.PressAsync(";");
        await Expect(mail.ShownFrame).ToHaveCountAsync(3);
        await mail.Page.Keyboard.PressAsync("p");
        await Expect(mail.Cards.Nth(1)).ToBeFocusedAsync();
        await mail.Page.Keyboard.PressAsync("n");
        await Expect(mail.Cards.Nth(2)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Archiving_a_conversation_takes_what_is_here_and_undo_brings_it_back()
    {
        var (address, mail) = await WithConversationAsync();
        await mail.OpenAsync("Boat trip");
        await Expect(mail.ShownFrame.First).ToBeVisibleAsync();

        // The page shows it before the server has done it.
        await mail.Page.RunAndWaitForResponseAsync(() => mail.Page.Keyboard.PressAsync("e"), IsMove);
        await Expect(mail.Rows).ToHaveCountAsync(0);
        await Expect(mail.Status.Filter(new() { HasText = "Archived." }).First).ToBeVisibleAsync();
        await AssertCountAsync(address, "Archive", 2);
        await mail.Page.RunAndWaitForResponseAsync(() => mail.Page.Keyboard.PressAsync("z"), IsMove);

        await Expect(mail.Row("Boat trip")).ToBeVisibleAsync();
        await AssertCountAsync(address, "INBOX", 2);
        await AssertCountAsync(address, "Sent", 1);
    }

    [Fact]
    public async Task Without_conversations_every_mail_is_a_row()
    {
        var (_, mail) = await WithConversationAsync();

        await mail.Page.GotoAsync(new Uri(site.Address, "/settings/reading").ToString());
        await mail.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Show conversations as one" }).UncheckAsync();
        await mail.Page.GotoAsync(site.Address.ToString());

        await Expect(mail.Rows).ToHaveCountAsync(2);
        await mail.OpenAsync("Re: Boat trip");
        await Expect(mail.Cards).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_answered_in_html_is_folded_until_somebody_wants_it()
    {
        var address = site.Mail.NewUser("folding");
        await site.Mail.DeliverAsync(address, "From: ann@example.test\r\nSubject: Folded\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
            + "<p>New words</p><div class=\"gmail_quote\">On Monday you wrote<blockquote>Old words</blockquote></div>\r\n", Ct);
        var mail = await SignInAsync(address);

        await mail.OpenAsync("Folded");

        await Expect(mail.Body.GetByText("New words")).ToBeVisibleAsync();
        await Expect(mail.Body.GetByText("Old words")).ToBeHiddenAsync();
        await mail.Body.GetByText("…").ClickAsync();
        await Expect(mail.Body.GetByText("Old words")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_strip_says_who_was_verified_and_the_menu_shows_headers_and_source()
    {
        var address = site.Mail.NewUser("strip");
        await site.Mail.DeliverAsync(address, "Authentication-Results: example.test; dmarc=fail header.from=bank.test\r\nFrom: Bank <info@bank.test>\r\nSubject: Urgent\r\n"
            + "List-Unsubscribe: <mailto:leave@bank.test?subject=leave>\r\n\r\nPay now\r\n", Ct);
        var mail = await SignInAsync(address);
        await mail.OpenAsync("Urgent");

        await Expect(mail.Page.Locator("[data-security]")).ToContainTextAsync("Not verified: bank.test does not answer for this mail");
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "How the sender was checked" }).ClickAsync();
        await Expect(mail.Page.Locator("[data-security]")).ToContainTextAsync("failed (bank.test)");
        await ShowAsync("View headers");
        await Expect(mail.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("List-Unsubscribe");
        await mail.Page.Keyboard.PressAsync("Escape");
        await ShowAsync("View source");
        await Expect(mail.Page.GetByRole(AriaRole.Dialog).Locator("pre")).ToContainTextAsync("Subject: Urgent");
        await mail.Page.Keyboard.PressAsync("Escape");
        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe", Exact = true }).ClickAsync();
        await Expect(mail.Page.GetByLabel("Subject", new() { Exact = true })).ToHaveValueAsync("leave");

        async Task ShowAsync(string item)
        {
            await mail.Page.GetByRole(AriaRole.Button, new() { Name = "More for this message" }).ClickAsync();
            await mail.Page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
        }
    }

    private async Task<MailPage> SignInAsync(string address)
    {
        var (signIn, _) = await site.OpenAsync();
        return await signIn.SignInAsync(address);
    }

    /// <summary>A question, my answer in Sent, and an answer to that.</summary>
    [Fact]
    public async Task A_conversation_is_printed_whole_in_order_and_no_message_changes_the_looks_of_another()
    {
        var (address, mail) = await WithConversationAsync();
        await site.Mail.DeliverAsync(address, "From: Ann Berg <ann@example.test>\r\nSubject: Re: Boat trip\r\nMessage-ID: <boat4@example.test>\r\nReferences: <boat1@example.test>\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<style>h1, body * { color: rgb(255, 0, 0) !important }</style><p>Bring <b>cake</b></p><script>document.body.append('ran')</script>\r\n", Ct);
        await Expect(mail.Row("Boat trip")).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("4 messages"));
        await mail.WatchPrintingAsync();
        await mail.OpenAsync("Boat trip");
        await Expect(mail.ShownFrame.Last).ToBeVisibleAsync();

        await mail.Page.GetByRole(AriaRole.Button, new() { Name = "More for this message" }).Last.ClickAsync();
        await mail.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Print conversation" }).ClickAsync();

        var printed = await mail.PrintedAsync();
        string[] inOrder = ["Ann Berg <ann@example.test>", "When?", address, "Saturday?", "Bo <bo@example.test>", "Saturday it is", "Ann Berg <ann@example.test>", "cake"];
        var at = 0;
        Assert.All(inOrder, words => Assert.InRange(at = printed.IndexOf(words, at, StringComparison.Ordinal), 0, int.MaxValue));
        Assert.DoesNotContain("ran", printed.Split('\n'));
        var titles = await mail.Page.EvaluateAsync<string[]>("() => window.printed.titles");
        Assert.Equal(4, titles.Length);
        Assert.DoesNotContain("rgb(255, 0, 0)", titles);
        Assert.Empty(await MailPage.ViolationsAsync(mail.Page));
    }

    private async Task<(string Address, MailPage Mail)> WithConversationAsync()
    {
        var address = site.Mail.NewUser("talk");
        await site.Mail.DeliverAsync(address, "From: Ann Berg <ann@example.test>\r\nSubject: Boat trip\r\nMessage-ID: <boat1@example.test>\r\n\r\nWhen?\r\n", Ct);
        using (var imap = await site.Mail.ImapAsync(address, Ct))
        {
            var sent = await imap.GetFolderAsync("Sent", Ct);
            using var answer = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(
                $"From: {address}\r\nTo: ann@example.test\r\nSubject: Re: Boat trip\r\nMessage-ID: <boat2@example.test>\r\nIn-Reply-To: <boat1@example.test>\r\n\r\nSaturday?\r\n")), Ct);
            await sent.AppendAsync(new MailKit.AppendRequest(answer, MailKit.MessageFlags.Seen), Ct);
            await imap.DisconnectAsync(true, Ct);
        }

        await site.Mail.DeliverAsync(address, "From: Bo <bo@example.test>\r\nSubject: Re: Boat trip\r\nMessage-ID: <boat3@example.test>\r\nReferences: <boat1@example.test> <boat2@example.test>\r\n\r\nSaturday it is\r\n", Ct);
        var mail = await SignInAsync(address);
        await Expect(mail.Row("Boat trip")).ToHaveCountAsync(1);
        return (address, mail);
    }

    private static bool IsMove(IResponse answer) =>
        answer.Url.EndsWith("/messages/batch", StringComparison.Ordinal) && answer.Request.PostData?.Contains("moveTo", StringComparison.Ordinal) == true;

    private async Task AssertCountAsync(string address, string mailbox, int count)
    {
        using var imap = await site.Mail.ImapAsync(address, Ct);
        var folder = await imap.GetFolderAsync(mailbox, Ct);
        await folder.StatusAsync(MailKit.StatusItems.Count, Ct);
        Assert.Equal(count, folder.Count);
    }
}
