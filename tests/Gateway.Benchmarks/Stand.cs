using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.TestKit.Servers;

namespace Gateway.Benchmarks;

/// <summary>What a scenario stands on: the mail servers and a Gateway of its own.</summary>
internal sealed class Stand : IAsyncDisposable
{
    private Stand(MailServers mail, GatewayProcess gateway) => (Mail, Gateway, Http) = (mail, gateway, gateway.NewClient());

    public MailServers Mail { get; }

    public GatewayProcess Gateway { get; }

    public HttpClient Http { get; }

    /// <param name="data">Where the store is to be, when not in memory with the rest.</param>
    public static async Task<Stand> StartAsync(MailServers mail, CancellationToken ct, string? data = null) => new(mail, await GatewayProcess.StartAsync(
        new GatewaySettings { Servers = mail, Variables = data is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["GATEWAY__Data"] = data } }, ct));

    public async Task<BenchAccount> AddAccountAsync(string email, CancellationToken ct)
    {
        using var added = await Http.PostAsJsonAsync("/v1/accounts", new
        {
            email,
            credentials = new { type = "password", password = MailServers.Password },
            imap = new { host = "127.0.0.1", port = Mail.Ports.Imaps, security = "tls" },
            smtp = new { host = "127.0.0.1", port = Mail.Ports.Smtp, security = "startTls" },
        }, ct);
        if (!added.IsSuccessStatusCode) { throw new InvalidOperationException(await added.Content.ReadAsStringAsync(ct)); }

        var id = (await added.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("id").GetString()!;
        var mailboxes = await Http.GetFromJsonAsync<JsonElement>($"/v1/accounts/{id}/mailboxes", ct);
        return new(id, email, mailboxes.GetProperty("items").EnumerateArray().ToDictionary(
            m => m.GetProperty("path").GetString()!, m => m.GetProperty("id").GetString()!));
    }

    /// <summary>Reads an answer to its end.</summary>
    public async Task<byte[]> GetAsync(string path, CancellationToken ct)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), ct);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsByteArrayAsync(ct)
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>IMAP logins of a user so far, by Dovecot's own count.</summary>
    public async Task<int> LoginsAsync(string user, CancellationToken ct)
    {
        var log = await File.ReadAllLinesAsync(Path.Combine(Mail.Root, "log", "dovecot.log"), ct);
        return log.Count(l => l.Contains("imap-login: Info: Login:", StringComparison.Ordinal) && l.Contains($"user=<{user}>", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Gateway.DisposeAsync();
    }

    internal static string Times(double factor) => string.Create(CultureInfo.InvariantCulture, $"{factor:0.00} ×");
}
