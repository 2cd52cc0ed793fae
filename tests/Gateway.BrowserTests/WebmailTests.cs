using Gateway.BrowserTests.Pages;
using MailKit;
using Microsoft.Playwright;
using MimeKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>What a person does, from signing in to a mail that shows up by itself.</summary>
public sealed class WebmailTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private const string Newsletter =
        "From: Rosa Lind <rosa@example.test>\r\nTo: me@example.test\r\nSubject: Spring in the garden\r\nMessage-ID: <spring@example.test>\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        + "<h1 style=\"color: #2a6\">First buds</h1><p>The <b>magnolia</b> is out.</p><img src=\"https://tracker.invalid/p.gif\"><script>top.ran = 1</script>\r\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_reads_replies_deletes_takes_it_back_and_gets_new_mail_live()
    {
        var address = site.Mail.NewUser("me");
        await site.Mail.DeliverAsync(address, "From: Old Friend <old@example.test>\r\nSubject: Seeded\r\n\r\nLong ago\r\n", Ct);
        await site.Mail.DeliverAsync(address, Newsletter, Ct);
        var (signIn, page) = await site.OpenAsync();

        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Row("Seeded")).ToBeVisibleAsync();

        await mail.OpenAsync("Spring in the garden");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await Expect(mail.Body.GetByRole(AriaRole.Heading, new() { Name = "First buds" })).ToBeVisibleAsync();
        await Expect(page.GetByText("1 remote image blocked")).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<int?>("() => window.ran ?? null"));

        var reply = await mail.ReplyAsync();
        await reply.WriteAsync("How lovely!");
        await reply.SendAsync();
        await Expect(mail.Status.Filter(new() { HasText = "Sent" }).First).ToBeVisibleAsync();
        await mail.GoToAsync("Sent");
        await Expect(mail.Row("Re: Spring in the garden")).ToBeVisibleAsync();

        await mail.GoToAsync("Inbox");
        await mail.OpenAsync("Seeded");
        await mail.Reader.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(mail.Row("Seeded")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(mail.Row("Seeded")).ToHaveCountAsync(1);

        foreach (var subject in new[] { "Lunch today?", "And coffee after" })
        {
            using var live = new MimeMessage([MailboxAddress.Parse("bob@example.test")], [MailboxAddress.Parse(address)], subject, new TextPart("plain") { Text = "Noon" });
            await site.Mail.SubmitAsync(site.Mail.NewUser("bob"), live, Ct);
            await Expect(mail.Row(subject)).ToHaveCountAsync(1);
        }

        using var imap = await site.Mail.ImapAsync(address, Ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, Ct);
        Assert.Equal(4, imap.Inbox.Count);
    }

    [Fact]
    public async Task A_new_mail_with_plain_text_reaches_its_recipient()
    {
        var (ann, bob) = (site.Mail.NewUser("ann"), site.Mail.NewUser("bob"));
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(ann);

        var compose = await mail.ComposeAsync();
        await compose.ToAsync(bob);
        await compose.SubjectAsync("From the browser");
        await compose.WriteAsync("Hello Bob");
        await compose.SendAsync();
        await Expect(mail.Status.Filter(new() { HasText = "Sent" }).First).ToBeVisibleAsync();

        using var imap = await site.Mail.ImapAsync(bob, Ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, Ct);
        using var arrived = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        imap.Inbox.CountChanged += (_, _) => arrived.Cancel();
        if (imap.Inbox.Count == 0) { await imap.IdleAsync(arrived.Token, Ct); }

        var received = await imap.Inbox.GetMessageAsync(0, Ct);
        Assert.Equal(("From the browser", "Hello Bob"), (received.Subject, received.TextBody!.Trim()));
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    [Fact]
    public async Task Recipients_are_suggested_from_the_mail_there_is()
    {
        var address = site.Mail.NewUser("writer");
        foreach (var from in new[] { "Ann Berg <ann@example.test>", "Bo <bo@bergen.test>", "Cy <cy@example.test>" })
        {
            await site.Mail.DeliverAsync(address, $"From: {from}\r\nSubject: Hello\r\n\r\nText\r\n", Ct);
        }

        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        await mail.ComposeAsync();
        var to = page.GetByRole(AriaRole.Combobox, new() { Name = "To" });
        await to.PressSequentiallyAsync("berg");
        var suggested = page.GetByRole(AriaRole.Listbox, new() { Name = "Suggestions" }).GetByRole(AriaRole.Option);
        await Expect(suggested).ToHaveCountAsync(2);
        await to.PressAsync("ArrowDown");
        await to.PressAsync("Enter");
        await Expect(page.GetByText("Bo", new() { Exact = true }).First).ToBeVisibleAsync();
        await to.PressSequentiallyAsync("new@example.test");
        await to.PressAsync("Enter");
        await to.PressSequentiallyAsync("ann@");
        await suggested.ClickAsync();

        Assert.Equal(["Bo <bo@bergen.test>", "new@example.test", "Ann Berg <ann@example.test>"], await page.Locator(".chip").EvaluateAllAsync<string[]>("all => all.map(chip => chip.title)"));
        await Expect(to).ToHaveValueAsync("");
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    [Fact]
    public async Task A_wrong_password_says_so_and_keeps_what_was_typed()
    {
        var (signIn, page) = await site.OpenAsync();

        await signIn.FillAsync(site.Mail.NewUser(), "wrong");

        await Expect(signIn.Error).ToContainTextAsync("did not accept this address and password");
        await Expect(page.GetByLabel("Email address")).Not.ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_phone_shows_list_and_message_one_at_a_time()
    {
        var address = site.Mail.NewUser("phone");
        await site.Mail.DeliverAsync(address, "From: Old Friend <old@example.test>\r\nSubject: Small screen\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync(width: 390, height: 844);

        await signIn.FillAsync(address, TestKit.Servers.MailServers.Password);
        var row = page.Locator("[data-message-id]").Filter(new() { HasText = "Small screen" });
        await row.ClickAsync();
        await Expect(page.Locator("iframe[data-message-frame][data-state=ready]")).ToBeVisibleAsync();

        Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await page.GoBackAsync();
        await Expect(row).ToBeVisibleAsync();
    }
}
