using System.Net.Http.Json;
using System.Text.Json;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit.Faults;
using Gateway.TestKit.Servers;

namespace Gateway.IntegrationTests.Faults;

/// <summary>An account whose links to its mail servers a test can break, and one beside it whose links are well and must stay so.</summary>
internal sealed class FaultyAccount : IAsyncDisposable
{
    private FaultyAccount(HttpClient http, FaultProxy imap, FaultProxy smtp, TestAccount account, TestAccount other) =>
        (Http, Imap, Smtp, Account, Other) = (http, imap, smtp, account, other);

    public HttpClient Http { get; }

    public FaultProxy Imap { get; }

    public FaultProxy Smtp { get; }

    public TestAccount Account { get; }

    public TestAccount Other { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="servers">Where the Gateway is, and the servers of the other account.</param>
    /// <param name="mail">The servers of the account, when they are not the same.</param>
    public static async Task<FaultyAccount> AddAsync(RealServers servers, MailServers? mail = null)
    {
        var own = mail ?? servers.Mail;
        var http = (await servers.ImpatientAsync()).NewClient();
        var (imap, smtp) = (new FaultProxy(own.Ports.Imap), new FaultProxy(own.Ports.Smtp));
        var account = await TestAccount.AddAsync(http, own, smtp.Port, "none", imap.Port, "none");
        return new(http, imap, smtp, account, await TestAccount.AddAsync(http, servers.Mail));
    }

    public Task DeliverAsync(string subject) => Account.DeliverAsync($"From: Ann <ann@example.test>\r\nSubject: {subject}\r\n\r\nText\r\n");

    /// <summary>What the API says of the account's state.</summary>
    public async Task<string> StateAsync()
    {
        var account = await Http.GetFromJsonAsync<JsonElement>($"/v1/accounts/{Account.Id}", Ct);
        return account.GetProperty("state").GetString()!;
    }

    /// <summary>The subjects that are told from here on, up to and with this one.</summary>
    public static async Task<IReadOnlyList<string>> ToldAsync(EventReader events, string last)
    {
        List<string> told = [];
        do
        {
            var created = await events.NextAsync("message.created");
            told.Add(created.GetProperty("data").GetProperty("subject").GetString()!);
        }
        while (told[^1] != last);

        return told;
    }

    /// <summary>The other account reads and is told of new mail as if nothing were the matter.</summary>
    public async Task OtherWorksAsync()
    {
        await using var events = await EventReader.OpenAsync(Other);
        await Other.DeliverAsync("Subject: Elsewhere\r\n\r\nText\r\n");
        await events.NextAsync("message.created");
        Assert.NotEmpty(await Other.ListAsync("inbox"));
    }

    public async ValueTask DisposeAsync()
    {
        await Imap.DisposeAsync();
        await Smtp.DisposeAsync();
        Http.Dispose();
    }
}
