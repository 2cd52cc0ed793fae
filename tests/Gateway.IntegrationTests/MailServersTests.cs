using Gateway.TestKit.Servers;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests;

/// <summary>The ground the suite stands on.</summary>
public sealed class MailServersTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_delivered_by_lmtp_is_in_the_inbox()
    {
        var user = servers.Mail.NewUser();

        await servers.Mail.DeliverAsync(user, "Subject: Hello\r\n\r\n.a line that starts with a dot\r\n", Ct);

        using var imap = await servers.Mail.ImapAsync(user, Ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, Ct);
        var mail = await imap.Inbox.GetMessageAsync(0, Ct);
        Assert.Equal(("Hello", ".a line that starts with a dot"), (mail.Subject, mail.TextBody!.TrimEnd()));
    }

    [Fact]
    public async Task Mail_submitted_by_smtp_reaches_its_recipient()
    {
        var (sender, recipient) = (servers.Mail.NewUser(), servers.Mail.NewUser());
        using var imap = await servers.Mail.ImapAsync(recipient, Ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, Ct);
        using var arrived = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        imap.Inbox.CountChanged += (_, _) => arrived.Cancel();
        using var mail = new MimeMessage([MailboxAddress.Parse(sender)], [MailboxAddress.Parse(recipient)], "By SMTP", new TextPart("plain") { Text = "Hi" });

        await servers.Mail.SubmitAsync(sender, mail, Ct);
        await imap.IdleAsync(arrived.Token, Ct);

        Assert.Equal("By SMTP", (await imap.Inbox.GetMessageAsync(0, Ct)).Subject);
    }

    [Fact]
    public async Task Gateway_comes_back_on_the_same_port_after_being_killed()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail }, Ct);
        var before = gateway.Address;

        await gateway.KillAsync(Ct);
        await gateway.RestartAsync(Ct);

        Assert.Equal(before, gateway.Address);
        using var client = gateway.NewClient();
        Assert.Equal("[]", await ItemsAsync(client));
    }

    private static async Task<string> ItemsAsync(HttpClient client)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(new Uri("/v1/accounts", UriKind.Relative), Ct));
        return answer.RootElement.GetProperty("items").GetRawText();
    }
}
