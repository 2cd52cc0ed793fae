using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using MimeKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Writing mail: drafts, windows, taking back, sending later, files, recipients.</summary>
public sealed class ComposeTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static readonly byte[] Dot = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_a_draft_that_is_gone_on_with_after_closing_and_after_a_reload()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync(bob, "In pieces", "First part.");
        await Expect(compose.Saved).ToBeVisibleAsync();
        Assert.Equal(("In pieces", "First part."), Told(Assert.Single(await ComposedMail.DraftsAsync(site.Mail, me, Ct))));

        await page.Keyboard.PressAsync("Escape");
        await Expect(compose.Window).ToHaveCountAsync(0);
        await mail.GoToAsync("Drafts");
        await mail.OpenAsync("In pieces");
        await Expect(compose.Body).ToHaveTextAsync("First part.");
        await page.WaitForURLAsync("**/compose/*");
        await page.ReloadAsync();
        await Expect(compose.Body).ToHaveTextAsync("First part.");
        var saved = compose.WhenSavedAsync();
        await compose.WriteAsync(" Second part.");
        await saved;

        Assert.Equal(("In pieces", "First part. Second part."), Told(Assert.Single(await ComposedMail.DraftsAsync(site.Mail, me, Ct))));
        await compose.Button("Close and keep draft").ClickAsync();
        await page.WaitForURLAsync("**/mail/**");
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    [Fact]
    public async Task A_mail_taken_back_in_time_comes_back_as_it_was_and_is_then_sent_once()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync(bob, "Hasty", "Too fast");

        await page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await Expect(compose.Window).ToHaveCountAsync(0);
        await mail.PressAsync("Undo");
        await Expect(compose.Body).ToHaveTextAsync("Too fast");
        await Expect(compose.Chips).ToHaveAttributeAsync("title", bob);
        await compose.WriteAsync(", but better");
        await compose.SendAsync();

        var arrived = await ComposedMail.ArrivedAsync(site.Mail, bob, Ct);
        Assert.Equal(("Hasty", "Too fast, but better"), Told(arrived));
        await Expect(mail.Status.Filter(new() { HasText = "Sent" }).First).ToBeVisibleAsync();
        Assert.Single(await ComposedMail.ArrivedAsync(site.Mail, bob, 1, Ct));
        await mail.GoToAsync("Drafts");
        await Expect(mail.Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mail_for_later_waits_in_a_list_where_it_can_be_stopped_or_sent_at_once()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync(bob, "For tomorrow", "Good morning");

        await compose.Button("Send later").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tomorrow morning" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Scheduled" }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Scheduled" });
        await Expect(sheet.GetByText("For tomorrow")).ToBeVisibleAsync();
        await Expect(sheet.Locator("time")).ToContainTextAsync("8:00");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Stop and edit" }).ClickAsync();
        await Expect(compose.Body).ToHaveTextAsync("Good morning");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Scheduled" })).ToHaveCountAsync(0);

        await compose.Button("Send later").ClickAsync();
        await page.GetByLabel("At another time").FillAsync(DateTimeOffset.Now.AddDays(3).ToString("yyyy-MM-dd'T'10:30", null));
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Send later" }).GetByRole(AriaRole.Button, new() { Name = "Send later" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Scheduled" }).ClickAsync();
        await Expect(sheet.Locator("time")).ToContainTextAsync("10:30");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Send now" }).ClickAsync();

        Assert.Equal(("For tomorrow", "Good morning"), Told(await ComposedMail.ArrivedAsync(site.Mail, bob, Ct)));
    }

    [Fact]
    public async Task A_draft_that_waits_to_be_sent_cannot_be_changed_until_it_is_stopped()
    {
        var me = site.Mail.NewUser("me");
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync(site.Mail.NewUser("bob"), "Waiting", "Text");
        await compose.Button("Send later").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tomorrow morning" }).ClickAsync();
        await Expect(compose.Window).ToHaveCountAsync(0);

        await mail.GoToAsync("Drafts");
        await mail.OpenAsync("Waiting");
        await compose.WriteAsync(" and more");
        await Expect(compose.Window.GetByText("To change it, stop it first")).ToBeVisibleAsync();
        var saved = compose.WhenSavedAsync();
        await compose.Button("Stop it and edit").ClickAsync();
        await saved;

        Assert.Equal(("Waiting", "Text and more"), Told(Assert.Single(await ComposedMail.DraftsAsync(site.Mail, me, Ct))));
    }

    [Fact]
    public async Task A_reply_is_from_the_address_that_was_written_to_signed_as_that_and_in_the_conversation()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var (mail, page) = await SignInAsync(me);
        await ComposePage.PostAsync(page, "identities", new { address = "sales@example.test", name = "Sales", signatureText = "Your sales team" });
        await ComposePage.PostAsync(page, "identities", new { address = "press@example.test", name = "Press", signatureHtml = "<b style=\"color:#c00\">The press</b>" });
        await site.Mail.DeliverAsync(me, $"From: Bob <{bob}>\r\nTo: sales@example.test\r\nSubject: Price?\r\nMessage-ID: <price@example.test>\r\n\r\nHow much?\r\n", Ct);
        await mail.OpenAsync("Price?");

        var reply = await mail.ReplyAsync();
        await Expect(reply.Window.GetByLabel("From")).ToHaveValueAsync("sales@example.test");
        await Expect(reply.Body).ToContainTextAsync("Your sales team");
        await reply.Body.ClickAsync();
        await page.Keyboard.PressAsync("ControlOrMeta+Home");
        await page.Keyboard.TypeAsync("Ten.");
        await reply.Window.GetByLabel("From").SelectOptionAsync("press@example.test");
        await Expect(reply.Body).ToContainTextAsync("The press");
        await Expect(reply.Body).Not.ToContainTextAsync("sales team");
        await reply.SendAsync();

        var arrived = await ComposedMail.ArrivedAsync(site.Mail, bob, Ct);
        Assert.Equal(("Press", "press@example.test"), (arrived.From.Mailboxes.Single().Name, arrived.From.Mailboxes.Single().Address));
        Assert.Equal("price@example.test", arrived.InReplyTo);
        Assert.StartsWith("Ten.", arrived.TextBody, StringComparison.Ordinal);
        Assert.Contains("-- \nThe press", arrived.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("> How much?", arrived.TextBody, StringComparison.Ordinal);
        Assert.Contains("color", arrived.HtmlBody, StringComparison.Ordinal);
        await Expect(mail.Status.Filter(new() { HasText = "Sent" }).First).ToBeVisibleAsync();
        Assert.True((await ComposedMail.MarksAsync(site.Mail, me, Ct)).Flags!.Value.HasFlag(MailKit.MessageFlags.Answered));
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    [Fact]
    public async Task The_quoted_original_stays_sealed_through_a_draft_until_somebody_wants_to_edit_it()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        await site.Mail.DeliverAsync(
            me, $"From: {bob}\r\nSubject: Styled\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p style=\"color:#2a6\">Green <img src=\"https://tracker.invalid/p.gif\"></p>\r\n", Ct);
        var (mail, page) = await SignInAsync(me);
        await mail.OpenAsync("Styled");
        var reply = await mail.ReplyAsync();
        await reply.WriteAsync("Mine");
        await Expect(reply.Saved).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await mail.GoToAsync("Drafts");
        await mail.OpenAsync("Re: Styled");

        await Expect(reply.Body).ToHaveTextAsync("Mine");
        await reply.Button("Show the quoted message").ClickAsync();
        await Expect(reply.Window.FrameLocator("iframe").GetByText("Green")).ToHaveCSSAsync("color", "rgb(34, 170, 102)");
        var saved = reply.WhenSavedAsync();
        await reply.WriteAsync(" again");
        await saved;
        var html = Assert.Single(await ComposedMail.DraftsAsync(site.Mail, me, Ct)).HtmlBody!;
        Assert.Equal(2, html.Split("Green").Length);
        Assert.Matches("blockquote[^>]*cite.*color: ?#?(2a6|rgb)", html.ReplaceLineEndings(" "));

        await reply.Button("Edit quoted text").ClickAsync();
        await Expect(reply.Body).ToContainTextAsync("Green");
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    [Fact]
    public async Task Files_and_pictures_go_along_each_in_its_place()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync(bob, "Look", "Here it is: ");
        await compose.PasteAsync("dot.png", "image/png", Dot);
        await Expect(compose.Body.Locator("img[src^='blob:']")).ToBeVisibleAsync();
        await compose.AttachAsync(new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "Notes"u8.ToArray() });
        await Expect(compose.Window.GetByText("notes.txt")).ToBeVisibleAsync();
        await compose.SendAsync();

        var arrived = await ComposedMail.ArrivedAsync(site.Mail, bob, Ct);
        var picture = Assert.Single(arrived.BodyParts.OfType<MimePart>(), part => part.ContentId is not null);
        Assert.Contains($"src=\"cid:{picture.ContentId}\"", arrived.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("blob:", arrived.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("notes.txt", Assert.Single(arrived.Attachments.OfType<MimePart>()).FileName);
        using var bytes = new MemoryStream();
        await picture.Content!.DecodeToAsync(bytes, Ct);
        Assert.Equal(Dot, bytes.ToArray());
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    [Fact]
    public async Task What_is_too_large_is_said_before_any_of_it_is_uploaded()
    {
        var (mail, page) = await SignInAsync(site.Mail.NewUser("me"));
        var compose = await mail.ComposeAsync();
        var uploads = 0;
        page.Request += (_, request) => uploads += request.Url.Contains("/blobs", StringComparison.Ordinal) ? 1 : 0;

        await compose.Window.Locator("input[type=file]").EvaluateAsync(
            """
            input => {
              const data = new DataTransfer()
              data.items.add(new File([new Uint8Array(27_000_000)], 'film.mov'))
              input.files = data.files
              input.dispatchEvent(new Event('change', { bubbles: true }))
            }
            """);

        await Expect(compose.Window.GetByRole(AriaRole.Alert)).ToContainTextAsync("“film.mov” is too large");
        Assert.Equal(0, uploads);
    }

    [Fact]
    public async Task A_forward_keeps_the_files_and_flags_what_it_passes_on()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var body = new BodyBuilder { TextBody = "See the file" };
        body.Attachments.Add("report.txt", "Figures"u8.ToArray());
        using var original = new MimeMessage([MailboxAddress.Parse("ann@example.test")], [MailboxAddress.Parse(me)], "Report", body.ToMessageBody());
        await site.Mail.SubmitAsync(site.Mail.NewUser("ann"), original, Ct);
        await ComposedMail.ArrivedAsync(site.Mail, me, Ct);
        var (mail, page) = await SignInAsync(me);
        await mail.OpenAsync("Report");
        await mail.Reader.GetByRole(AriaRole.Button, new() { Name = "Forward", Exact = true }).First.ClickAsync();
        var forward = new ComposePage(page);

        await Expect(forward.Window.GetByText("report.txt")).ToBeVisibleAsync();
        await forward.ToAsync(bob);
        await forward.SendAsync();

        var arrived = await ComposedMail.ArrivedAsync(site.Mail, bob, Ct);
        Assert.Equal("Fwd: Report", arrived.Subject);
        Assert.Equal("report.txt", Assert.Single(arrived.Attachments.OfType<MimePart>()).FileName);
        await Expect(mail.Status.Filter(new() { HasText = "Sent" }).First).ToBeVisibleAsync();
        Assert.Contains("$Forwarded", (await ComposedMail.MarksAsync(site.Mail, me, Ct)).Keywords);
    }

    [Fact]
    public async Task A_draft_thrown_away_can_be_taken_back()
    {
        var me = site.Mail.NewUser("me");
        var (mail, _) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync("bob@example.test", "Perhaps", "Or not");
        await Expect(compose.Saved).ToBeVisibleAsync();

        await compose.Button("Discard draft").ClickAsync();
        await Expect(compose.Window).ToHaveCountAsync(0);
        var saved = compose.WhenSavedAsync();
        await mail.PressAsync("Undo");
        await Expect(compose.Body).ToHaveTextAsync("Or not");
        await saved;

        Assert.Equal(("Perhaps", "Or not"), Told(Assert.Single(await ComposedMail.DraftsAsync(site.Mail, me, Ct))));
    }

    [Fact]
    public async Task Several_windows_are_written_in_at_once()
    {
        var (mail, page) = await SignInAsync(site.Mail.NewUser("me"), width: 1440);
        await mail.ComposeAsync();
        await new ComposePage(page).SubjectAsync("One");
        await mail.PressAsync("Compose");
        await new ComposePage(page, "New message").SubjectAsync("Two");
        var (one, two) = (new ComposePage(page, "One"), new ComposePage(page, "Two"));
        await one.WriteAsync("In the first");
        await two.WriteAsync("In the second");
        await Expect(one.Body).ToHaveTextAsync("In the first");

        await one.Button("Minimise").ClickAsync();
        await Expect(one.Body).ToHaveCountAsync(0);
        await two.Button("Full screen").ClickAsync();
        await one.Button("Restore").ClickAsync();
        await Expect(one.Body).ToHaveTextAsync("In the first");

        await one.Body.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(one.Window).ToHaveCountAsync(0);
        await Expect(two.Window).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        var (me, bob, cy) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"), site.Mail.NewUser("cy"));
        var (_, page) = await SignInAsync(me);
        await page.Keyboard.PressAsync("c");
        var compose = new ComposePage(page);
        await Expect(compose.To).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync($"{bob},nobody,");
        await Expect(compose.Chips).ToHaveCountAsync(2);
        await Expect(compose.Window.GetByText("“nobody” is not an email address.")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("F2");
        await page.Keyboard.PressAsync("ControlOrMeta+A");
        await page.Keyboard.TypeAsync($"{cy}, {bob}\n");
        await Expect(compose.Chips).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(compose.Window.GetByRole(AriaRole.Combobox, new() { Name = "Cc", Exact = true })).ToBeVisibleAsync();
        await compose.Subject.FocusAsync();
        await page.Keyboard.TypeAsync("By keyboard");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Hello ");
        await page.Keyboard.PressAsync("ControlOrMeta+B");
        await page.Keyboard.TypeAsync("both");
        await page.Keyboard.PressAsync("ControlOrMeta+Enter");

        var arrived = await ComposedMail.ArrivedAsync(site.Mail, bob, Ct);
        Assert.Equal((bob, cy), (arrived.To.Mailboxes.Single().Address, arrived.Cc.Mailboxes.Single().Address));
        Assert.Contains("<b>both</b>", arrived.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_have_been_forgotten_is_asked()
    {
        var bob = site.Mail.NewUser("bob");
        var (mail, page) = await SignInAsync(site.Mail.NewUser("me"));
        var compose = await mail.ComposeAsync();
        await compose.SendAsync();
        await Expect(compose.Window.GetByRole(AriaRole.Alert)).ToContainTextAsync("Add at least one recipient");

        await compose.ToAsync(bob);
        await compose.WriteAsync("I have attached the plan.");
        await compose.SendAsync();
        await Expect(page.GetByText("You wrote “attached”, but nothing is attached.")).ToBeVisibleAsync();
        await mail.PressAsync("Cancel");
        await compose.AttachAsync(new FilePayload { Name = "plan.txt", MimeType = "text/plain", Buffer = "Plan"u8.ToArray() });
        await compose.SendAsync();
        await Expect(page.GetByText("This message has no subject.")).ToBeVisibleAsync();
        await mail.PressAsync("Send anyway");

        Assert.Single((await ComposedMail.ArrivedAsync(site.Mail, bob, Ct)).Attachments);
    }

    [Fact]
    public async Task A_template_is_looked_at_filled_in_and_inserted()
    {
        var bob = site.Mail.NewUser("bob");
        var (mail, page) = await SignInAsync(site.Mail.NewUser("me"));
        await ComposePage.PostAsync(page, "templates", new { name = "Offer", subject = "Your offer", html = "<p>Dear {{ name }}, the price is <b>{{ price }}</b>.</p>", text = "x" });
        var compose = await mail.ComposeAsync();
        await compose.ToAsync($"Bob Stone <{bob}>");
        await compose.Button("Templates").ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Templates" });

        await sheet.GetByRole(AriaRole.Button, new() { Name = "Offer", Exact = true }).ClickAsync();
        await sheet.GetByLabel("price").FillAsync("12 EUR");
        await sheet.GetByLabel("price").PressAsync("Tab");
        await Expect(sheet.FrameLocator("iframe").GetByText("12 EUR")).ToBeVisibleAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Insert" }).ClickAsync();

        await Expect(compose.Body).ToContainTextAsync("Dear Bob Stone, the price is 12 EUR.");
        await Expect(compose.Subject).ToHaveValueAsync("Your offer");
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    private async Task<(MailPage Mail, IPage Page)> SignInAsync(string address, int width = 1280)
    {
        var (signIn, page) = await site.OpenAsync(width, 900);
        return (await signIn.SignInAsync(address), page);
    }

    private static (string, string) Told(MimeMessage mail) => (mail.Subject ?? "", mail.TextBody!.Trim());
}
