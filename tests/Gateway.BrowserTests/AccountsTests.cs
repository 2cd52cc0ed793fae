using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

public sealed class AccountsTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_account_is_added_switched_to_and_shown_with_the_first_in_one_inbox_live()
    {
        var (first, second) = (site.Mail.NewUser("first"), site.Mail.NewUser("second"));
        await site.Mail.DeliverAsync(first, "From: a@example.test\r\nSubject: For the first\r\n\r\nText\r\n", Ct);
        await site.Mail.DeliverAsync(second, "From: b@example.test\r\nSubject: For the second\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(first);
        await Expect(mail.Row("For the first")).ToBeVisibleAsync();

        var accounts = new AccountsPage(page);
        await page.EvaluateAsync("() => (window.sameDocument = true)");
        await accounts.AddAsync(second);
        await Expect(mail.Row("For the second")).ToBeVisibleAsync();
        await Expect(mail.Row("For the first")).ToHaveCountAsync(0);

        await accounts.MenuAsync(AriaRole.Menuitem, "All inboxes");
        await Expect(mail.Rows).ToHaveCountAsync(2);
        await site.Mail.DeliverAsync(first, "From: c@example.test\r\nSubject: Live one\r\n\r\nText\r\n", Ct);
        await Expect(mail.Row("Live one")).ToBeVisibleAsync();

        await mail.OpenAsync("For the first");
        await Expect(mail.Reader.GetByText("For the first").First).ToBeVisibleAsync();
        await accounts.MenuAsync(AriaRole.Menuitemradio, second);
        await Expect(mail.Row("For the second")).ToBeVisibleAsync();
        await Expect(mail.Row("For the first")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Offline.")).ToHaveCountAsync(0);
        await site.Mail.DeliverAsync(second, "From: c@example.test\r\nSubject: Live after the change\r\n\r\nText\r\n", Ct);
        await Expect(mail.Row("Live after the change")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
    }

    [Fact]
    public async Task All_inboxes_are_scrolled_through_to_their_ends_with_few_rows_in_the_page()
    {
        var (first, second) = (site.Mail.NewUser("long"), site.Mail.NewUser("longer"));
        for (var i = 1; i <= 60; i++)
        {
            await site.Mail.DeliverAsync(first, $"From: a@example.test\r\nSubject: First {i:000}\r\n\r\nText\r\n", Ct);
            await site.Mail.DeliverAsync(second, $"From: b@example.test\r\nSubject: Second {i:000}\r\n\r\nText\r\n", Ct);
        }

        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(first);
        var accounts = new AccountsPage(page);
        await accounts.AddAsync(second);
        await Expect(mail.Row("Second 060")).ToBeVisibleAsync();
        await accounts.MenuAsync(AriaRole.Menuitem, "All inboxes");
        var list = mail.List;
        await Expect(list.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();

        // Mail of one second stands together by account, so that the oldest of the first account need not be the last row.
        var last = mail.Row("First 001");
        var at = -1;
        while (await last.CountAsync() == 0)
        {
            var before = at;
            at = await list.EvaluateAsync<int>("list => { list.scrollTop += list.clientHeight; return Math.round(list.scrollTop) }");
            await page.WaitForFunctionAsync(AllInViewAreRead, await list.ElementHandleAsync());
            Assert.True(at > before, $"The list ends here:\n{await page.GetByRole(AriaRole.Main).AriaSnapshotAsync()}");
        }

        await Expect(last).ToBeVisibleAsync();
        Assert.InRange(await mail.Rows.CountAsync(), 10, 40);
    }

    [Fact]
    public async Task What_is_being_written_stays_open_when_another_account_is_shown_and_is_sent_from_its_own()
    {
        var (first, second, bob) = (site.Mail.NewUser("writer"), site.Mail.NewUser("other"), site.Mail.NewUser("bob"));
        await site.Mail.DeliverAsync(second, "From: b@example.test\r\nSubject: For the second\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var (accounts, mail) = (new AccountsPage(page), await signIn.SignInAsync(first));
        await accounts.AddAsync(second);
        await Expect(mail.Row("For the second")).ToBeVisibleAsync();
        await accounts.MenuAsync(AriaRole.Menuitemradio, first);
        await Expect(mail.Row("For the second")).ToHaveCountAsync(0);
        await page.EvaluateAsync("() => (window.sameDocument = true)");

        var compose = await mail.ComposeAsync();
        await compose.WriteAsync(bob, "Half written", "Begun here");
        await accounts.MenuAsync(AriaRole.Menuitemradio, second);
        await Expect(mail.Row("For the second")).ToBeVisibleAsync();
        await Expect(compose.Body).ToHaveTextAsync("Begun here");
        await Expect(compose.Window.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync(first);
        await compose.WriteAsync(", ended there");
        await compose.SendAsync();

        var arrived = await ComposedMail.ArrivedAsync(site.Mail, bob, Ct);
        Assert.Equal((first, "Begun here, ended there"), (arrived.From.Mailboxes.Single().Address, arrived.TextBody?.Trim()));
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        await Expect(mail.Status.Filter(new() { HasText = "Sent" }).First).ToBeVisibleAsync();
        Assert.Empty(await ComposedMail.DraftsAsync(site.Mail, second, Ct));
    }

    [Fact]
    public async Task A_draft_of_an_account_that_is_not_shown_is_thrown_away_where_it_stands()
    {
        var (first, second) = (site.Mail.NewUser("writer"), site.Mail.NewUser("other"));
        await site.Mail.DeliverAsync(first, "From: a@example.test\r\nSubject: For the first\r\n\r\nText\r\n", Ct);
        await site.Mail.DeliverAsync(second, "From: b@example.test\r\nSubject: For the second\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var (accounts, mail) = (new AccountsPage(page), await signIn.SignInAsync(first));
        await Expect(mail.Row("For the first")).ToBeVisibleAsync();
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync("bob@example.test", "Not after all", "Words");
        await Expect(compose.Saved).ToBeVisibleAsync();

        await accounts.AddAsync(second);
        await Expect(mail.Row("For the second")).ToBeVisibleAsync();
        await page.RunAndWaitForResponseAsync(() => compose.Button("Discard draft").ClickAsync(), answer => answer.Request.Method == "PATCH" && answer.Ok);

        Assert.Empty(await ComposedMail.DraftsAsync(site.Mail, first, Ct));
        await accounts.MenuAsync(AriaRole.Menuitemradio, first);
        await Expect(mail.Row("For the first")).ToBeVisibleAsync();
        await mail.GoToAsync("Trash");
        await Expect(mail.Row("Not after all")).ToBeVisibleAsync();
    }

    /// <summary>The first and the last row that are wholly in view stand in the page, and are no blanks.</summary>
    private const string AllInViewAreRead = """
        list => {
          const rowHeight = list.querySelector('[aria-posinset]').offsetHeight
          const first = Math.ceil(list.scrollTop / rowHeight), last = Math.floor((list.scrollTop + list.clientHeight) / rowHeight) - 1
          return [first, last].every(index => list.querySelector(`[aria-posinset="${index + 1}"]`))
        }
        """;
}
