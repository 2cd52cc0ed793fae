using Gateway.BrowserTests.Pages;
using Gateway.TestKit.Servers;
using MailKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Files that are looked at where they are, and invitations that are answered.</summary>
public sealed class PreviewTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_pictures_and_attached_mails_open_in_place_one_after_the_other()
    {
        var address = site.Mail.NewUser("files");
        await site.Mail.DeliverAsync(address, string.Join("\r\n",
            "From: ann@example.test", "Subject: Three files", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "",
            "--b", "Content-Type: text/plain", "", "See below", "",
            "--b", "Content-Type: text/plain; name=notes.txt", "Content-Disposition: attachment; filename=notes.txt", "", "<b>not bold</b>", "",
            "--b", "Content-Type: image/png; name=dot.png", "Content-Disposition: attachment; filename=dot.png", "Content-Transfer-Encoding: base64", "", Pixel, "",
            "--b", "Content-Type: message/rfc822", "Content-Disposition: attachment; filename=older.eml", "", "From: bo@example.test", "Subject: Inner", "", "Inner words", "", "--b--", ""), Ct);
        var mail = await OpenAsync(address, "Three files");

        await mail.PressAsync("Show notes.txt");
        var sheet = mail.Page.GetByRole(AriaRole.Dialog);
        await Expect(sheet.Locator("pre")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^<b>not bold</b>"));
        await mail.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(sheet.GetByRole(AriaRole.Img, new() { Name = "dot.png" })).ToHaveJSPropertyAsync("naturalWidth", 1);
        await mail.PressAsync("Next file");
        await Expect(sheet.GetByText("Nobody has checked")).ToBeVisibleAsync();
        await Expect(sheet.FrameLocator("iframe").GetByText("Inner words")).ToBeVisibleAsync();
        await mail.Page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_pdf_is_drawn_in_place_by_a_worker_that_can_load_nothing()
    {
        var address = site.Mail.NewUser("paper");
        var pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
            + "4 0 obj<</Length 42>>stream\nBT /F 24 Tf 20 40 Td (Words on paper) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>";
        await site.Mail.DeliverAsync(address, string.Join("\r\n",
            "From: ann@example.test", "Subject: On paper", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "", "See below", "",
            "--b", "Content-Type: application/pdf; name=paper.pdf", "Content-Disposition: attachment; filename=paper.pdf", "Content-Transfer-Encoding: base64", "",
            Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pdf)), "--b--", ""), Ct);
        var mail = await OpenAsync(address, "On paper");

        var worker = await mail.Page.RunAndWaitForResponseAsync(() => mail.PressAsync("Show paper.pdf"), answer => answer.Url.Contains("pdf.worker", StringComparison.Ordinal));

        Assert.StartsWith("default-src 'none'", (await worker.AllHeadersAsync())["content-security-policy"], StringComparison.Ordinal);
        var sheet = mail.Page.GetByRole(AriaRole.Dialog);
        await Expect(sheet.Locator("canvas[data-state=drawn]")).ToHaveCountAsync(1);
        await Expect(sheet.GetByText("Words on paper")).ToBeAttachedAsync();
        var painted = await sheet.Locator("canvas").EvaluateAsync<bool>("canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value, index) => index % 4 < 3 && value < 100)");
        Assert.True(painted);
        Assert.Empty(await MailPage.ViolationsAsync(mail.Page));
    }

    [Fact]
    public async Task An_invitation_shows_its_fields_and_the_answer_reaches_the_organizer()
    {
        var (address, organizer) = (site.Mail.NewUser("guest"), site.Mail.NewUser("host"));
        await site.Mail.DeliverAsync(address, string.Join("\r\n",
            $"From: {organizer}", "Subject: Invitation", "MIME-Version: 1.0", "Content-Type: text/calendar; method=REQUEST; charset=utf-8", "",
            "BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:kick@example.test", "SUMMARY:Kick-off", "LOCATION:Room 5", "DTSTART:20300301T090000Z", "DTEND:20300301T100000Z",
            $"ORGANIZER:mailto:{organizer}", $"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{address}", "END:VEVENT", "END:VCALENDAR", ""), Ct);
        var mail = await OpenAsync(address, "Invitation");
        var card = mail.Page.GetByRole(AriaRole.Region, new() { Name = "Invitation" });
        await Expect(card).ToContainTextAsync("Kick-off");
        await Expect(card).ToContainTextAsync("Room 5");

        await mail.PressAsync("Accept");
        await Expect(mail.Status.Filter(new() { HasText = "Your answer is on its way." }).First).ToBeVisibleAsync();

        using var imap = await site.Mail.ImapAsync(organizer, Ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, Ct);
        using var arrived = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        imap.Inbox.CountChanged += (_, _) => arrived.Cancel();
        if (imap.Inbox.Count == 0) { await imap.IdleAsync(arrived.Token, Ct); }

        var answer = await imap.Inbox.GetMessageAsync(0, Ct);
        var calendar = answer.BodyParts.OfType<MimeKit.TextPart>().Single(part => part.ContentType.MimeType == "text/calendar");
        Assert.Equal(("Accepted: Kick-off", "REPLY"), (answer.Subject, calendar.ContentType.Parameters["method"]));
        Assert.Contains("PARTSTAT=ACCEPTED", calendar.Text.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<MailPage> OpenAsync(string address, string subject)
    {
        var (signIn, _) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address, MailServers.Password);
        await mail.OpenAsync(subject);
        return mail;
    }
}
