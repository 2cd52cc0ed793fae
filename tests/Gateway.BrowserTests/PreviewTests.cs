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
