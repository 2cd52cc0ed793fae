using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.TestKit.Servers;
using MailKit;
using MailKit.Net.Imap;
using Xunit;

namespace Gateway.IntegrationTests;

/// <summary>A fresh mailbox on the real servers, added to a real Gateway, with the calls a test makes of it.</summary>
internal sealed class TestAccount
{
    private readonly MailServers _mail;

    private TestAccount(HttpClient http, MailServers mail, string address, string id) => (Http, _mail, Address, Id) = (http, mail, address, id);

    public HttpClient Http { get; }

    public string Address { get; }

    public string Id { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<TestAccount> AddAsync(RealServers servers) => AddAsync(servers.Http, servers.Mail);

    public static async Task<TestAccount> AddAsync(
        HttpClient http, MailServers mail, int? smtpPort = null, string smtpSecurity = "startTls", int? imapPort = null, string imapSecurity = "tls")
    {
        var address = mail.NewUser();
        var request = Request(mail, address, imapPort: imapPort, imapSecurity: imapSecurity, smtpPort: smtpPort, smtpSecurity: smtpSecurity);
        using var answer = await http.PostAsJsonAsync("/v1/accounts", request, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var account = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return new(http, mail, address, account.GetProperty("id").GetString()!);
    }

    public static object Request(MailServers mail, string address, string password = MailServers.Password, int? imapPort = null, int? smtpPort = null, string smtpSecurity = "startTls", string imapSecurity = "tls") => new
    {
        email = address,
        credentials = new { type = "password", password },
        imap = new { host = "127.0.0.1", port = imapPort ?? mail.Ports.Imaps, security = imapSecurity },
        smtp = new { host = "127.0.0.1", port = smtpPort ?? mail.Ports.Smtp, security = smtpSecurity },
    };

    public Task DeliverAsync(string raw) => _mail.DeliverAsync(Address, raw, Ct);

    /// <summary>The user's own IMAP client: what the server really holds.</summary>
    public Task<ImapClient> ImapAsync() => _mail.ImapAsync(Address, Ct);

    public static async Task<IMailFolder> OpenAsync(ImapClient imap, string path)
    {
        var folder = await imap.GetFolderAsync(path, Ct);
        await folder.OpenAsync(FolderAccess.ReadWrite, Ct);
        return folder;
    }

    public async Task<string> MailboxAsync(string role)
    {
        var mailboxes = await GetAsync("mailboxes");
        return mailboxes.GetProperty("items").EnumerateArray()
            .First(m => m.TryGetProperty("role", out var its) && its.GetString() == role).GetProperty("id").GetString()!;
    }

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string role, string query = "") =>
        [.. (await GetAsync($"messages?mailbox={await MailboxAsync(role)}{query}")).GetProperty("items").EnumerateArray()];

    /// <summary>The id of the only message in the inbox.</summary>
    public async Task<string> OnlyMessageAsync() => Assert.Single(await ListAsync("inbox")).GetProperty("id").GetString()!;

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, HttpStatusCode.OK);

    public Task<JsonElement> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body, HttpStatusCode.OK);

    public Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected) => SendAsync(HttpMethod.Post, path, body, expected);

    public Task DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent);

    /// <summary>The code of the problem that a request is answered with.</summary>
    public async Task<string> ProblemAsync(HttpMethod method, string path, object? body, HttpStatusCode expected) =>
        (await SendAsync(method, path, body, expected)).GetProperty("code").GetString()!;

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, Path(path)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public Uri Path(string path) => new($"/v1/accounts/{Id}/{path}", UriKind.Relative);
}
