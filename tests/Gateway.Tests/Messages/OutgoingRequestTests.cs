using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Mail;
using Gateway.TestKit;
using Gateway.Tests.Events;
using Gateway.Tests.Http;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace Gateway.Tests.Messages;

/// <summary>What a message can make Gateway ask of other hosts: its images, and to be taken off a mailing.</summary>
public sealed class OutgoingRequestTests : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4e, 0x47, 1, 2, 3];

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("gateway-tests-");
    private readonly ScriptedCertificate _certificate = ScriptedCertificate.For("127.0.0.1");
    private readonly LiveGateway _gateway = new();
    private readonly WireMockServer _web = WireMockServer.Start();
    private readonly WireMockServer _secure;

    public OutgoingRequestTests()
    {
        var pfx = Path.Combine(_files.FullName, "server.pfx");
        File.WriteAllBytes(pfx, _certificate.Leaf.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pfx, "test"));
        _secure = WireMockServer.Start(new WireMockServerSettings { UseSSL = true, CertificateSettings = new() { X509CertificateFilePath = pfx, X509CertificatePassword = "test" } });
        _gateway.Settings["Gateway:Tls:ExtraRoots"] = _certificate.RootFile;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Secure => $"https://127.0.0.1:{_secure.Port}";

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _web.Dispose();
        _secure.Dispose();
        _certificate.Dispose();
        _files.Delete(recursive: true);
    }

    [Fact]
    public async Task One_click_leaves_a_mailing()
    {
        _secure.Given(Request.Create().WithPath("/off").UsingPost()).RespondWith(Response.Create().WithStatusCode(202));
        var message = await MessageAsync($"List-Unsubscribe: <{Secure}/off?u=1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");

        using var answer = await PostAsync($"{message}/unsubscribe");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var asked = Assert.Single(_secure.LogEntries).RequestMessage!;
        Assert.Equal(("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"), (asked.Body, asked.Headers!["Content-Type"].ToString()));
        Assert.DoesNotContain("Cookie", asked.Headers.Keys);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_mailing_that_does_not_take_it_says_so(int status)
    {
        _secure.Given(Request.Create().WithPath("/off")).RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", "/else"));
        var message = await MessageAsync($"List-Unsubscribe: <{Secure}/off>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");

        using var answer = await PostAsync($"{message}/unsubscribe");

        await answer.ProblemAsync(HttpStatusCode.BadGateway, "unsubscribe-failed");
        Assert.Single(_secure.LogEntries); // no redirect is followed
    }

    [Fact]
    public async Task A_mailing_without_one_click_is_not_asked()
    {
        var message = await MessageAsync($"List-Unsubscribe: <{Secure}/off>\r\n");

        using var answer = await PostAsync($"{message}/unsubscribe");

        await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "unsubscribe-unavailable");
        Assert.Empty(_secure.LogEntries);
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://10.1.2.3/off")]
    public async Task A_closed_address_is_never_asked(string url)
    {
        var message = await MessageAsync($"List-Unsubscribe: <{url}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");

        using var answer = await PostAsync($"{message}/unsubscribe");

        await answer.ProblemAsync(HttpStatusCode.BadGateway, "unsubscribe-failed");
    }

    [Fact]
    public async Task A_remote_image_is_loaded_in_the_readers_stead()
    {
        Serve("/a.png", "image/png", Png);
        var message = await MessageAsync("", $"<img src=\"{_web.Url}/a.png?x=1&amp;y=2\">");

        using var image = await GetAsync($"{message}/remote-image?url={Uri.EscapeDataString(_web.Url + "/a.png?x=1&y=2")}");
        using var page = await GetAsync($"{message}/html?remoteImages=proxy");
        using var blocked = await GetAsync($"{message}/html");

        Assert.Equal("image/png", image.Content.Headers.ContentType!.ToString());
        Assert.Equal(Png, await image.Content.ReadAsByteArrayAsync(Ct));
        Assert.Contains($"src=\"data:image/png;base64,{Convert.ToBase64String(Png)}\"", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("base64", await blocked.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.All(_web.LogEntries, asked => Assert.DoesNotContain(asked.RequestMessage!.Headers!.Keys, name => name is "Cookie" or "Authorization" or "Referer"));
    }

    [Fact]
    public async Task Only_what_the_message_shows_is_loaded()
    {
        Serve("/a.png", "image/png", Png);
        var message = await MessageAsync("", "<p>none</p>");

        using var image = await GetAsync($"{message}/remote-image?url={Uri.EscapeDataString(_web.Url + "/a.png")}");

        await image.ProblemAsync(HttpStatusCode.NotFound, "image-not-found");
        Assert.Empty(_web.LogEntries);
    }

    [Theory]
    [InlineData("text/html", 10)]
    [InlineData("image/svg+xml", 10)]
    [InlineData("image/png", (5 * 1024 * 1024) + 1)]
    public async Task What_is_no_small_raster_image_is_not_passed_on(string type, int size)
    {
        Serve("/a.png", type, new byte[size]);
        var message = await MessageAsync("", $"<img src=\"{_web.Url}/a.png\">");

        using var image = await GetAsync($"{message}/remote-image?url={Uri.EscapeDataString(_web.Url + "/a.png")}");

        await image.ProblemAsync(HttpStatusCode.BadGateway, "image-unavailable");
    }

    [Fact]
    public async Task A_redirect_to_a_closed_address_leads_nowhere()
    {
        _web.Given(Request.Create().WithPath("/a.png")).RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", "http://169.254.169.254/meta.png"));
        var message = await MessageAsync("", $"<img src=\"{_web.Url}/a.png\">");

        using var image = await GetAsync($"{message}/remote-image?url={Uri.EscapeDataString(_web.Url + "/a.png")}");

        await image.ProblemAsync(HttpStatusCode.BadGateway, "image-unavailable");
    }

    private void Serve(string path, string type, byte[] bytes) =>
        _web.Given(Request.Create().WithPath(path)).RespondWith(Response.Create().WithHeader("Content-Type", type).WithBody(bytes));

    private async Task<string> MessageAsync(string fields, string? html = null)
    {
        _gateway.Imap.Inbox.Add("Hello", "", fields, html);
        var account = await _gateway.AddAccountAsync("ann@example.test");
        using var mailboxes = await GetAsync($"/v1/accounts/{account}/mailboxes");
        var inbox = (await mailboxes.Content.ReadFromJsonAsync<JsonObject>(Ct))!["items"]!.AsArray().Single(m => (string?)m!["path"] == "INBOX")!["id"];
        Assert.True(MailboxId.TryParse((string?)inbox, null, out var id));
        return $"/v1/accounts/{account}/messages/{new MessageKey(id, 1)}";
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _gateway.Admin().GetAsync(new Uri(path, UriKind.Relative), Ct);

    private Task<HttpResponseMessage> PostAsync(string path) => _gateway.Admin().PostAsync(new Uri(path, UriKind.Relative), null, Ct);
}
