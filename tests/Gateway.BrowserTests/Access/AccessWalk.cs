using System.Text.RegularExpressions;
using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Access;

/// <summary>A person who goes through every screen of a wide window and has each looked at.</summary>
internal sealed class AccessWalk(IPage page, Uri site, Axe axe)
{
    private static readonly string[] Settings = ["appearance", "language", "reading", "writing", "identities", "templates", "notifications", "keys", "transfer", "sessions", "account"];

    private readonly MailPage _mail = new(page);

    public async Task ListAsync()
    {
        await Expect(_mail.Row("Invitation")).ToBeVisibleAsync();
        await _mail.Row("Invitation").HoverAsync();
        await axe.LookAsync("list");
        await _mail.Row("Invitation").ClickAsync(new() { Button = MouseButton.Right });
        await MenuAsync("row menu");
        await _mail.ChooseAsync("Three files");
        await axe.LookAsync("selection");
        await page.Keyboard.PressAsync("v");
        await MenuAsync("move menu");
        await page.Keyboard.PressAsync("l");
        await MenuAsync("label menu");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByText("Flagged", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByText("Nothing is flagged.")).ToBeVisibleAsync();
        await axe.LookAsync("empty list");
        await page.GetByText("All", new() { Exact = true }).ClickAsync();
        await _mail.Mailbox("Trash").HoverAsync();
        await _mail.PressAsync("Actions for Trash");
        await MenuAsync("mailbox menu");
        await _mail.PressAsync("New mailbox");
        await DialogAsync("new mailbox");
        await page.GetByRole(AriaRole.Button, new() { Name = "Account" }).First.ClickAsync();
        await MenuAsync("account menu");
    }

    public async Task ReaderAsync()
    {
        await OpenAsync("Boat trip");
        await axe.LookAsync("conversation");
        await OpenAsync("Spring in the garden");
        await page.GetByTitle("Show all recipients").ClickAsync();
        await axe.LookAsync("newsletter with blocked images");
        await _mail.Body.GetByRole(AriaRole.Link, new() { Name = "garden.example.test" }).ClickAsync();
        await DialogAsync("link sheet");
        await _mail.PressAsync("More for this message");
        await MenuAsync("message menu");
        foreach (var (item, what) in new[] { ("View source", "Source of the message"), ("View headers", "Headers") })
        {
            await _mail.PressAsync("More for this message");
            await page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = what }).GetByText("Garden News").First).ToBeVisibleAsync();
            await DialogAsync(what);
        }

        await OpenAsync("Three files");
        await axe.LookAsync("attachments");
        await _mail.PressAsync("Show notes.txt");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("not bold")).ToBeVisibleAsync();
        await axe.LookAsync("preview of text");
        await _mail.PressAsync("Next file");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await DialogAsync("preview of a picture");
        await OpenAsync("Invitation");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Invitation" })).ToBeVisibleAsync();
        await axe.LookAsync("invitation");
        await page.Keyboard.PressAsync("u");
    }

    public async Task WritingAsync()
    {
        var compose = await _mail.ComposeAsync();
        await compose.Button("Add Cc").ClickAsync();
        await compose.ToAsync("bob@example.test,");
        await compose.SubjectAsync("Wide screen");
        await compose.WriteAsync("Words");
        await compose.AttachAsync(new FilePayload { Name = "a.txt", MimeType = "text/plain", Buffer = "a"u8.ToArray() });
        await Expect(compose.Saved).ToBeVisibleAsync();
        await axe.LookAsync("composer");
        await compose.Chips.First.GetByRole(AriaRole.Button).First.ClickAsync();
        await axe.LookAsync("menu of an address");
        await page.Keyboard.PressAsync("Escape");
        await compose.To.PressSequentiallyAsync("ann");
        await Expect(page.GetByRole(AriaRole.Listbox, new() { Name = "Suggestions" })).ToBeVisibleAsync();
        await axe.LookAsync("suggested recipients");
        await page.Keyboard.PressAsync("Escape");
        await compose.To.FillAsync("");
        await compose.Button("Send later").ClickAsync();
        await axe.LookAsync("send later");
        await page.Keyboard.PressAsync("Escape");
        await compose.Button("Templates").ClickAsync();
        await DialogAsync("templates");
        await compose.Button("Full screen").ClickAsync();
        await axe.LookAsync("composer in full");
        await compose.Button("Full screen").ClickAsync();
        await compose.Button("Minimise").ClickAsync();
        await axe.LookAsync("composer, minimised");
        await compose.Button("Restore").ClickAsync();
        await compose.Button("Discard draft").ClickAsync();
        await Expect(compose.Window).ToHaveCountAsync(0);

        await OpenAsync("Spring in the garden");
        var reply = await _mail.ReplyAsync();
        await reply.Button("Show the quoted message").ClickAsync();
        await axe.LookAsync("reply with its quote");
        await reply.Button("Discard draft").ClickAsync();
        await Expect(reply.Window).ToHaveCountAsync(0);
    }

    public async Task SearchAsync()
    {
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("fro");
        await Expect(page.GetByRole(AriaRole.Listbox, new() { Name = "Search suggestions" })).ToBeVisibleAsync();
        await axe.LookAsync("search suggestions");
        await page.Keyboard.TypeAsync("m:bo trip");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("1 found").First).ToBeVisibleAsync();
        await axe.LookAsync("found");
        await page.Locator("[data-search]").FillAsync("nothingatall");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Nothing found")).ToBeVisibleAsync();
        await axe.LookAsync("nothing found");
        await _mail.PressAsync("Search all mailboxes");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "All mailboxes" })).ToBeVisibleAsync();
        await axe.LookAsync("search in all mailboxes");
        await page.Keyboard.PressAsync("Escape");
        await _mail.PressAsync("Clear the search");
    }

    public async Task OverlaysAsync()
    {
        await Expect(_mail.Row("Invitation")).ToBeVisibleAsync();
        await page.Locator("[data-message-list]").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await DialogAsync("keys");
        await page.Keyboard.PressAsync("Control+k");
        await DialogAsync("palette");
        await page.GetByRole(AriaRole.Button, new() { Name = "Account" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Add account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Email address")).ToBeVisibleAsync();
        await axe.LookAsync("add an account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
    }

    public async Task SettingsAsync()
    {
        foreach (var name in Settings)
        {
            await page.GotoAsync(new Uri(site, $"/settings/{name}").ToString());
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await (name switch
            {
                "identities" => _mail.PressAsync("Add identity"),
                "templates" => _mail.PressAsync("Add template"),
                "keys" => _mail.PressAsync("Change Delete"),
                "notifications" => Expect(page.GetByText("Inbox", new() { Exact = true })).ToBeVisibleAsync(),
                _ => Task.CompletedTask,
            });
            await axe.LookAsync($"settings, {name}");
        }

        await page.GotoAsync(new Uri(site, "/connect").ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await axe.LookAsync("connected apps");
        await page.GotoAsync(new Uri(site, "/mail/all").ToString());
        await Expect(_mail.Row("Invitation")).ToBeVisibleAsync();
        await axe.LookAsync("all inboxes");
    }

    public async Task TroubleAsync()
    {
        await page.GotoAsync(site.ToString());
        await Expect(_mail.Row("Invitation")).ToBeVisibleAsync();
        await RefuseAsync("**/messages/batch", 502);
        await page.Locator("[data-message-list]").FocusAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("e");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Retry", IncludeHidden = true })).ToBeVisibleAsync();
        await axe.LookAsync("a row that did not move");
        await page.UnrouteAllAsync();
        await RefuseAsync(new Regex("/messages/[^/?]+(\\?|$)"), 502);
        await _mail.OpenAsync("Three files");
        await Expect(_mail.Reader.GetByRole(AriaRole.Button, new() { Name = "Retry" })).ToBeVisibleAsync();
        await axe.LookAsync("a message that cannot be read");
        await page.UnrouteAllAsync();
        await RefuseAsync("**/v1/**", 401);
        await _mail.Row("Spring in the garden").First.ClickAsync(new() { Force = true }); // anything else may have asked before, and the dialog be there
        await Expect(page.GetByText("Your session has ended")).ToBeVisibleAsync();
        await axe.LookAsync("a session that ended");
        await page.UnrouteAllAsync();
        await page.GotoAsync(site.ToString());
        await Expect(_mail.Row("Invitation")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true); // a route would not hold what the service worker asks for
        await page.ReloadAsync();
        await Expect(page.GetByText("Offline. Showing mail from").First).ToBeVisibleAsync();
        await axe.LookAsync("without a network");
    }

    private async Task OpenAsync(string subject)
    {
        await _mail.OpenAsync(subject);
        await Expect(_mail.Reader.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToContainTextAsync(subject);
        await Expect(_mail.ShownFrame.Last).ToBeVisibleAsync();
    }

    private async Task MenuAsync(string screen)
    {
        await Expect(page.Locator(".menu").Last).ToBeVisibleAsync();
        await axe.LookAsync(screen);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".menu")).ToHaveCountAsync(0);
    }

    private async Task DialogAsync(string screen)
    {
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await axe.LookAsync(screen);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    private Task<IAsyncDisposable> RefuseAsync(string path, int status) => page.RouteAsync(path, route => RefuseAsync(route, status));

    private Task<IAsyncDisposable> RefuseAsync(Regex path, int status) => page.RouteAsync(path, route => RefuseAsync(route, status));

    private static Task RefuseAsync(IRoute route, int status) => route.FulfillAsync(new()
    {
        Status = status, ContentType = "application/problem+json", Body = $$"""{"type":"about:blank","title":"Refused","status":{{status}},"code":"refused","detail":"The mail server is down."}""",
    });
}
