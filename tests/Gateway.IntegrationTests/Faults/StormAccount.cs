using Gateway.TestKit.Faults;
using Gateway.TestKit.Servers;

namespace Gateway.IntegrationTests.Faults;

/// <summary>One account of the storm: every link it has can be broken, and so can its reader's.</summary>
internal sealed class StormAccount : IAsyncDisposable
{
    private readonly HttpClient _readerHttp;
    private readonly Task _reading;

    private StormAccount(TestAccount account, FaultProxy imap, FaultProxy smtp, FaultProxy live, string inbox, CancellationToken end)
    {
        (Account, Imap, Smtp, Live, Inbox) = (account, imap, smtp, live, inbox);
        _readerHttp = new() { BaseAddress = new($"http://127.0.0.1:{live.Port}"), DefaultRequestHeaders = { Authorization = new("Bearer", GatewayProcess.AdminKey) } };
        Reader = new(_readerHttp, account.Id, end);
        _reading = Reader.RunAsync();
    }

    public TestAccount Account { get; }

    public FaultProxy Imap { get; }

    public FaultProxy Smtp { get; }

    /// <summary>Between the reader and Gateway.</summary>
    public FaultProxy Live { get; }

    public StormReader Reader { get; }

    /// <summary>The id of its inbox.</summary>
    public string Inbox { get; }

    public static async Task<StormAccount> AddAsync(GatewayProcess gateway, HttpClient http, MailServers mail, CancellationToken end)
    {
        var (imap, smtp, live) = (new FaultProxy(mail.Ports.Imap), new FaultProxy(mail.Ports.Smtp), new FaultProxy(gateway.Address.Port));
        var account = await TestAccount.AddAsync(http, mail, smtp.Port, "none", imap.Port, "none");
        return new(account, imap, smtp, live, await account.MailboxAsync("inbox"), end);
    }

    /// <summary>When the storm is over.</summary>
    public async ValueTask DisposeAsync()
    {
        await _reading;
        _readerHttp.Dispose();
        await Imap.DisposeAsync();
        await Smtp.DisposeAsync();
        await Live.DisposeAsync();
    }
}
