using System.Net;
using Gateway.TestKit.Faults;
using Gateway.TestKit.Servers;
using Xunit;

namespace Gateway.IntegrationTests.Submissions;

public sealed class CrashTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_accepted_before_a_power_cut_arrives_once_after_it()
    {
        await using var proxy = new FaultProxy(servers.Mail.Ports.Smtp);
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var (ann, bob) = (await TestAccount.AddAsync(http, servers.Mail, proxy.Port), await TestAccount.AddAsync(servers));
        proxy.Hold();
        var before = proxy.Accepted;

        var accepted = await ann.PostAsync("submissions", new { to = new[] { new { address = bob.Address } }, subject = "Once", text = "Hi" }, HttpStatusCode.Accepted);
        await proxy.UntilAsync(() => proxy.Accepted > before, Ct); // the attempt has begun, and no byte of the mail has left
        await gateway.KillAsync(Ct);
        proxy.Heal();
        await gateway.RestartAsync(Ct);

        using var imap = await bob.ImapAsync();
        var inbox = await TestAccount.OpenAsync(imap, "INBOX");
        using var arrived = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        inbox.CountChanged += (_, _) => arrived.Cancel();
        if (inbox.Count == 0) { await imap.IdleAsync(arrived.Token, Ct); }

        await using var events = await Events.EventReader.OpenAsync(ann);
        var id = accepted.GetProperty("id").GetString();
        var state = await ann.GetAsync($"submissions/{id}");
        while (!state.TryGetProperty("sentMessageId", out _))
        {
            await events.NextAsync("submission.state");
            state = await ann.GetAsync($"submissions/{id}");
        }

        await imap.NoOpAsync(Ct);
        Assert.Equal(("sent", 1), (state.GetProperty("state").GetString(), inbox.Count));
        Assert.Single(await ann.ListAsync("sent"));
    }
}
