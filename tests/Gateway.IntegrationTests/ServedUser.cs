using System.Text.Json;
using Gateway.TestKit.Servers;
using MailKit;
using MailKit.Net.Imap;

namespace Gateway.IntegrationTests;

/// <summary>A user nobody has used yet, whose account Gateway serves.</summary>
internal sealed class ServedUser(RealServers servers, string address, string account)
{
    public string Address => address;

    /// <summary>The account's id.</summary>
    public string Account => account;

    public static async Task<ServedUser> NewAsync(RealServers servers, CancellationToken ct)
    {
        var address = servers.Mail.NewUser();
        var answer = await Answer.SendAsync(servers.Http, HttpMethod.Post, "/v1/accounts", Request(servers, address), ct);
        return (int)answer.Status == 201
            ? new ServedUser(servers, address, answer.Json.GetProperty("id").GetString()!)
            : throw new InvalidOperationException($"{answer.Status}: {System.Text.Encoding.UTF8.GetString(answer.Bytes)}");
    }

    /// <summary>The body that adds an account.</summary>
    public static object Request(RealServers servers, string address, string password = MailServers.Password, string host = "127.0.0.1", int? port = null) => new
    {
        email = address,
        credentials = new { type = "password", password },
        imap = new { host, port = port ?? servers.Mail.Ports.Imaps, security = "tls" },
        smtp = new { host, port = servers.Mail.Ports.Smtp, security = "startTls" },
    };

    public Task DeliverAsync(string raw, CancellationToken ct) => servers.Mail.DeliverAsync(address, raw.ReplaceLineEndings("\r\n"), ct);

    /// <summary>Delivers plain mails with these subjects, in this order.</summary>
    public async Task DeliverSubjectsAsync(IEnumerable<string> subjects, CancellationToken ct)
    {
        foreach (var subject in subjects) { await DeliverAsync($"From: Ann <ann@example.test>\nSubject: {subject}\n\nText of {subject}\n", ct); }
    }

    /// <summary>The same inbox without Gateway in between.</summary>
    public async Task<ImapClient> OpenInboxAsync(CancellationToken ct)
    {
        var imap = await servers.Mail.ImapAsync(address, ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadWrite, ct);
        return imap;
    }

    /// <param name="path">Below the account, e.g. <c>messages/…</c>.</param>
    public Task<Answer> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct) =>
        Answer.SendAsync(servers.Http, method, $"/v1/accounts/{account}/{path}", body, ct);

    public Task<Answer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    /// <summary>A GET of some bytes only.</summary>
    public async Task<Answer> GetRangeAsync(string path, long? from, long? to, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/accounts/{account}/{path}") { Headers = { Range = new(from, to) } };
        return await Answer.ReadAsync(servers.Http, request, ct);
    }

    /// <summary>The mailbox with this role.</summary>
    public async Task<JsonElement> MailboxAsync(string role, CancellationToken ct) =>
        (await GetAsync("mailboxes", ct)).Json.GetProperty("items").EnumerateArray()
            .Single(m => m.TryGetProperty("role", out var its) && its.GetString() == role);

    public async Task<string> MailboxIdAsync(string role, CancellationToken ct) => (await MailboxAsync(role, ct)).GetProperty("id").GetString()!;

    /// <summary>The first page of the mailbox with this role.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string role, CancellationToken ct, string filter = "") =>
        [.. (await GetAsync($"messages?mailbox={await MailboxIdAsync(role, ct)}{filter}", ct)).Json.GetProperty("items").EnumerateArray()];

    /// <summary>Delivers a mail and returns the id Gateway gives it.</summary>
    public async Task<string> DeliverAndFindAsync(string raw, CancellationToken ct)
    {
        await DeliverAsync(raw, ct);
        return (await ListAsync("inbox", ct))[0].GetProperty("id").GetString()!;
    }
}
