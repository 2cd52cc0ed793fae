using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gateway.BrowserTests.Pages;
using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Lighthouse's marks for accessibility and best practices: all there are to have.</summary>
public sealed class LighthouseTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static readonly string Lighthouse = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "web", "node_modules", "lighthouse", "cli", "index.js"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sign_in_page_and_the_inbox_have_full_marks()
    {
        var address = site.Mail.NewUser("lighthouse");
        await site.Mail.DeliverAsync(address, "From: Ann <ann@example.test>\r\nSubject: Seeded\r\n\r\nText\r\n", Ct);
        var port = FreePort();
        await using var browser = await site.OpenForToolsAsync(port);
        var page = browser.Pages[0];

        Assert.Empty(await FaultsAsync("/sign-in", port));
        await page.GotoAsync(site.Address.ToString());
        var mail = await new SignInPage(page).SignInAsync(address);
        await Expect(mail.Row("Seeded")).ToBeVisibleAsync();
        Assert.Empty(await FaultsAsync("/", port));
    }

    /// <summary>What keeps a page from full marks.</summary>
    private async Task<string[]> FaultsAsync(string path, int port)
    {
        using var run = Process.Start(new ProcessStartInfo("node",
            [Lighthouse, new Uri(site.Address, path).ToString(), $"--port={port}", "--only-categories=accessibility,best-practices", "--disable-storage-reset", "--preset=desktop", "--throttling-method=provided", "--output=json", "--quiet", "--no-enable-error-reporting"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = run.StandardError.ReadToEndAsync(Ct);
        var output = await run.StandardOutput.ReadToEndAsync(Ct);
        await run.WaitForExitAsync(Ct);
        Assert.True(run.ExitCode == 0, $"lighthouse broke off with {run.ExitCode}: {await errors}");
        using var report = JsonDocument.Parse(output);
        var audits = report.RootElement.GetProperty("audits");
        return [.. report.RootElement.GetProperty("categories").EnumerateObject().SelectMany(category => Failed(category.Value, audits).Append(Marks(category)).OfType<string>())];
    }

    private static IEnumerable<string> Failed(JsonElement category, JsonElement audits) =>
        from one in category.GetProperty("auditRefs").EnumerateArray()
        let audit = audits.GetProperty(one.GetProperty("id").GetString()!)
        where one.GetProperty("weight").GetDouble() > 0 && audit.GetProperty("score") is { ValueKind: JsonValueKind.Number } score && score.GetDouble() < 1
        select $"{audit.GetProperty("title").GetString()} {(audit.TryGetProperty("details", out var details) ? details.ToString() : "")}";

    private static string? Marks(JsonProperty category) =>
        category.Value.GetProperty("score") is { ValueKind: JsonValueKind.Number } score && score.GetDouble() >= 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{category.Name}: {category.Value.GetProperty("score")}");

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
