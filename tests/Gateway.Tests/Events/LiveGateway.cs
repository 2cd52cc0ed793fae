using Gateway.Features.Events;
using Gateway.Features.Session;
using Gateway.Http;
using Gateway.Mail;
using Gateway.TestKit;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Events;

/// <summary>A Gateway in process under a clock the test moves; the mailbox of its accounts is a scripted one, where nothing happens by itself.</summary>
internal sealed class LiveGateway : IAsyncDisposable
{
    private readonly GatewayFactory _store = new() { Settings = { ["Gateway:Events:KeepAtMost"] = "100" } };

    public LiveGateway() => Host = _store.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock)));

    /// <summary>Changed before the first use.</summary>
    public Dictionary<string, string> Settings => _store.Settings;

    public ScriptedImapServer Imap { get; } = new();

    public WatchedClock Clock { get; } = new();

    public WebApplicationFactory<Program> Host { get; }

    public EventLog Log => Host.Services.GetRequiredService<EventLog>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpClient Admin() => Caller(GatewayFactory.AdminKey);

    public HttpClient Caller(string key)
    {
        var client = Host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public Task<string> KeyAsync(Scopes scopes, params AccountId[] accounts) =>
        Host.Services.GetRequiredService<Features.ApiKeys.ApiKeys>().CreateAsync("test", scopes, accounts, expiresAt: null, Ct);

    /// <summary>The cookie of a signed-in webmail user.</summary>
    public async Task<string> SignInAsync(AccountId account) =>
        "gateway-session=" + await Host.Services.GetRequiredService<Sessions>().OpenAsync(account, userAgent: null, Ct);

    public Task SignOutAsync(AccountId account) => Host.Services.GetRequiredService<Sessions>().CloseAsync(account, session: null, Ct);

    /// <summary>Adds an account, which is its first event.</summary>
    public async Task<AccountId> AddAccountAsync(string email)
    {
        var account = new MailAccount(AccountId.New(Clock), new("127.0.0.1", Imap.Port, MailSecurity.None), null, email, "secret", 1);
        var request = new Features.Accounts.AccountRequest(email, new("password", "secret"));
        Assert.NotNull(await Host.Services.GetRequiredService<Features.Accounts.Accounts>().AddAsync(request, account, Ct));
        return account.Id;
    }

    public Task HappenAsync(AccountId account, int count = 1) =>
        Log.AppendAsync(account, [.. Enumerable.Range(0, count).Select(i => new NewEvent("message.deleted", new { i }, Clock.GetUtcNow(), Clock.GetUtcNow()))], Ct);

    public async ValueTask DisposeAsync()
    {
        await Imap.DisposeAsync(); // first, so that no session is waited for
        await Host.DisposeAsync();
        await _store.DisposeAsync();
    }
}
