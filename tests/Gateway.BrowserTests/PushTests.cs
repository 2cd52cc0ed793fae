using System.Text.Json;
using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>New mail told of while no page is open. No push service can be reached from here, so that the browser's part of one is played.</summary>
public sealed class PushTests(WholeBrowserSite site) : IClassFixture<WholeBrowserSite>
{
    /// <summary>A browser that has a push service: what it answers and remembers.</summary>
    private const string PushService =
        """
        (() => {
          let own = null
          const keys = { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' }
          const subscription = { endpoint: 'https://push.example.test/send/1', toJSON: () => ({ endpoint: subscription.endpoint, expirationTime: null, keys }), unsubscribe: async () => !(own = null) }
          PushManager.prototype.getSubscription = async () => own
          PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
            if (!userVisibleOnly || applicationServerKey.length !== 87) throw new DOMException('no', 'NotAllowedError')
            return (own = subscription)
          }
          window.isSubscribed = () => own !== null
        })()
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_is_signed_up_with_what_was_chosen_until_one_signs_out()
    {
        var address = site.Mail.NewUser();
        var (signIn, page) = await site.OpenAsync();
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await page.AddInitScriptAsync(PushService);
        await signIn.SignInAsync(address);
        await page.GotoAsync(new Uri(site.Address, "/settings/notifications").ToString());
        var whenClosed = page.GetByRole(AriaRole.Checkbox, new() { Name = "Also when this page is closed" });

        await ChangeAsync(page, () => whenClosed.ClickAsync());
        await Expect(whenClosed).ToBeCheckedAsync();
        var first = Assert.Single(await SubscriptionsAsync(page));
        Assert.Equal(("https://push.example.test/send/1", false), (first.GetProperty("endpoint").GetString(), first.GetProperty("private").GetBoolean()));
        Assert.False(first.TryGetProperty("mailboxes", out _));

        await ChangeAsync(page, () => page.GetByRole(AriaRole.Checkbox, new() { Name = "Quiet hours" }).ClickAsync());
        await ChangeAsync(page, () => page.GetByRole(AriaRole.Checkbox, new() { Name = "Archive" }).ClickAsync());
        await ChangeAsync(page, () => page.GetByRole(AriaRole.Checkbox, new() { Name = "Without sender and subject" }).ClickAsync());
        var then = Assert.Single(await SubscriptionsAsync(page));
        Assert.Equal((first.GetProperty("id").GetString(), "22:00", "07:00", 2, true), (
            then.GetProperty("id").GetString(), then.GetProperty("quietHours").GetProperty("from").GetString(), then.GetProperty("quietHours").GetProperty("to").GetString(),
            then.GetProperty("mailboxes").GetArrayLength(), then.GetProperty("private").GetBoolean()));

        await whenClosed.ClickAsync();
        await Expect(whenClosed).Not.ToBeCheckedAsync();
        await Expect(whenClosed).ToBeEnabledAsync();
        Assert.Empty(await SubscriptionsAsync(page));

        await ChangeAsync(page, () => whenClosed.ClickAsync());
        await page.EvaluateAsync("() => addEventListener('pagehide', () => localStorage.setItem('left', String(window.isSubscribed())))");
        await page.GetByRole(AriaRole.Link, new() { Name = "Account" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Email address")).ToBeVisibleAsync();
        Assert.Equal("false", await page.EvaluateAsync<string>("() => localStorage.getItem('left')"));
        await signIn.SignInAsync(address);
        Assert.Empty(await SubscriptionsAsync(page));
    }

    [Fact]
    public async Task A_browser_that_may_not_show_notices_says_so()
    {
        var (signIn, page) = await site.OpenAsync();
        await page.AddInitScriptAsync("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })");
        await signIn.SignInAsync(site.Mail.NewUser());
        await page.GotoAsync(new Uri(site.Address, "/settings/notifications").ToString());

        await Expect(page.GetByText("This browser does not allow notifications from here.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Also when this page is closed" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_push_becomes_a_notice_that_leads_to_its_message()
    {
        var address = site.Mail.NewUser();
        await site.Mail.DeliverAsync(address, "From: Bob <bob@example.test>\r\nSubject: Lunch?\r\n\r\nNoon\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        await page.Context.GrantPermissionsAsync(["notifications"], new() { Origin = site.Address.GetLeftPart(UriPartial.Authority) });
        var mail = await signIn.SignInAsync(address);
        await mail.OpenAsync("Lunch?");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'");
        var ids = new Uri(page.Url).AbsolutePath.Split('/')[2..];
        var devTools = await page.Context.NewCDPSessionAsync(page);
        var (registered, shown) = (new TaskCompletionSource<string>(), new TaskCompletionSource<JsonElement>());
        devTools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
        {
            foreach (var one in told!.Value.GetProperty("registrations").EnumerateArray()) { registered.TrySetResult(one.GetProperty("registrationId").GetString()!); }
        };
        devTools.Event("BackgroundService.backgroundServiceEventReceived").OnEvent += (_, told) => shown.TrySetResult(told!.Value.GetProperty("backgroundServiceEvent"));
        await devTools.SendAsync("ServiceWorker.enable");
        await devTools.SendAsync("BackgroundService.setRecording", new() { ["shouldRecord"] = true, ["service"] = "notifications" });
        await devTools.SendAsync("BackgroundService.startObserving", new() { ["service"] = "notifications" });

        await page.GotoAsync("about:blank"); // no page of ours is looked at
        var push = new Dictionary<string, object>
        {
            ["origin"] = site.Address.GetLeftPart(UriPartial.Authority), ["registrationId"] = await registered.Task.WaitAsync(Patience, Ct),
            ["data"] = JsonSerializer.Serialize(new { type = "message.created", accountId = ids[0], mailboxId = ids[1], messageId = ids[2], receivedAt = "2026-10-01T10:00:02.417Z", from = new { address = "bob@example.test", name = "Bob" }, subject = "Lunch?" }),
        };
        var tries = 0;
        do { await devTools.SendAsync("ServiceWorker.deliverPushMessage", push); } // the page that was left may count as looked at for a moment, and then nothing is shown
        while (await Task.WhenAny(shown.Task, Task.Delay(TimeSpan.FromSeconds(1), Ct)) != shown.Task && ++tries < Patience.TotalSeconds);
        var notice = (await shown.Task.WaitAsync(Patience, Ct)).ToString();
        Assert.Contains("Bob", notice, StringComparison.Ordinal);
        Assert.Contains("Lunch?", notice, StringComparison.Ordinal);

        await page.GotoAsync(new Uri(site.Address, "/settings").ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await InWorkerAsync(page, "registration.getNotifications().then(([notification]) => dispatchEvent(new NotificationEvent('notificationclick', { notification })))");
        await Expect(mail.Body.GetByText("Noon")).ToBeVisibleAsync();
        Assert.Equal($"/mail/{string.Join('/', ids)}", new Uri(page.Url).AbsolutePath);
    }

    /// <summary>Has the service worker do something.</summary>
    private static async Task InWorkerAsync(IPage page, string script)
    {
        var devTools = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        var own = (await (await page.Context.NewCDPSessionAsync(page)).SendAsync("Target.getTargetInfo"))!.Value.GetProperty("targetInfo").GetProperty("browserContextId").GetString();
        var targets = (await devTools.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos").EnumerateArray();
        var worker = targets.Single(one => one.GetProperty("type").GetString() == "service_worker" && one.GetProperty("browserContextId").GetString() == own);
        var attached = await devTools.SendAsync("Target.attachToTarget", new() { ["targetId"] = worker.GetProperty("targetId").GetString()!, ["flatten"] = false });
        await devTools.SendAsync("Target.sendMessageToTarget", new()
        {
            ["sessionId"] = attached!.Value.GetProperty("sessionId").GetString()!,
            ["message"] = JsonSerializer.Serialize(new { id = 1, method = "Runtime.evaluate", @params = new { expression = script } }),
        });
    }

    /// <summary>Does what the server is to know of, and waits until it does.</summary>
    private static Task<IResponse> ChangeAsync(IPage page, Func<Task> change) => page.RunAndWaitForResponseAsync(change, answer => answer.Request.Method == "POST" && answer.Url.EndsWith("/v1/push-subscriptions", StringComparison.Ordinal) && answer.Ok);

    private static async Task<List<JsonElement>> SubscriptionsAsync(IPage page) =>
        [.. (await page.EvaluateAsync<JsonElement>("async () => (await fetch('/v1/push-subscriptions', { cache: 'no-store' })).json()")).GetProperty("items").EnumerateArray()];
}
