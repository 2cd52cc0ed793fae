using System.Net.ServerSentEvents;
using System.Text.Json;
using Gateway.Client;
using Gateway.Mail;
using Gateway.TestKit.Servers;
using Account = Gateway.Client.Account;
using MailSecurity = Gateway.Client.MailSecurity;
using ServerAddress = Gateway.Client.ServerAddress;

namespace Gateway.IntegrationTests;

/// <summary>A client generated from the published document does a day's work.</summary>
public sealed class GeneratedClientTests(RealServers servers)
{
    private const string Mail = """
        From: Bob <bob@example.test>
        Subject: Report
        Message-ID: <report@example.test>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        Here it is.
        --b
        Content-Type: text/csv; name=report.csv
        Content-Disposition: attachment; filename=report.csv
        Content-Transfer-Encoding: base64

        YSxiCjEsMgo=
        --b--

        """;

    private readonly GatewayClient _client = new(servers.Http);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_is_read_answered_flagged_and_deleted()
    {
        var account = await AddAccountAsync();
        await servers.Mail.DeliverAsync(account.Email, Mail.ReplaceLineEndings("\r\n"), Ct);
        var mailboxes = (await _client.ListMailboxesAsync(account.Id, Ct)).Items;
        var inbox = mailboxes.Single(m => m.Role == MailboxRole.Inbox);

        var row = Assert.Single((await _client.ListMessagesAsync(account.Id, inbox.Id, unread: true, cancellationToken: Ct)).Items);
        var message = await _client.GetMessageAsync(account.Id, row.Id, markSeen: true, cancellationToken: Ct);
        var attachment = Assert.Single(message.Attachments);
        using var file = await _client.GetAttachmentAsync(account.Id, row.Id, attachment.PartId, Ct);

        Assert.Equal(("Report", "bob@example.test", true), (row.Subject, row.From[0].Address1, row.HasAttachments));
        Assert.Equal("Here it is.", message.Text?.Trim());
        Assert.Equal("a,b\n1,2\n", await new StreamReader(file.Stream).ReadToEndAsync(Ct));

        var submission = await SendAsync(account, new SubmissionRequest
        {
            To = [new() { Address1 = account.Email, Name = "Ann" }], Subject = "Re: Report", Text = "Thanks.", InReplyTo = row.Id,
        });

        Assert.Equal(SubmissionState.Sent, submission.State);
        Assert.Equal(RecipientState.Accepted, Assert.Single(submission.Recipients).State);

        var flagged = await _client.UpdateMessageAsync(account.Id, row.Id, new() { Flags = new() { Add = [MessageFlag.Flagged] } }, Ct);
        await _client.DeleteMessageAsync(account.Id, row.Id, cancellationToken: Ct);
        var trash = mailboxes.Single(m => m.Role == MailboxRole.Trash);

        Assert.Superset(new HashSet<MessageFlag> { MessageFlag.Seen, MessageFlag.Flagged }, flagged.Flags.ToHashSet());
        Assert.Equal([row.Id], (await _client.ListMessagesAsync(account.Id, trash.Id, cancellationToken: Ct)).Items.Select(m => m.Id));
    }

    [Fact]
    public async Task Problems_arrive_as_what_they_are()
    {
        var account = await AddAccountAsync();

        var unknown = await Assert.ThrowsAsync<ApiException<Problem>>(() => _client.GetAccountAsync($"{AccountId.New(TimeProvider.System)}", Ct));
        var malformed = await Assert.ThrowsAsync<ApiException<Problem>>(() => _client.GetMessageAsync(account.Id, "x", cancellationToken: Ct));

        Assert.Equal((404, "account-not-found"), (unknown.StatusCode, unknown.Result.Code));
        Assert.Equal((400, "malformed-request"), (malformed.StatusCode, malformed.Result.Code));
        Assert.Equal("messageId", Assert.Single(malformed.Result.Errors!).Parameter);
    }

    private Task<Account> AddAccountAsync()
    {
        var address = servers.Mail.NewUser();
        return _client.AddAccountAsync(new AccountRequest
        {
            Email = address,
            Credentials = new() { Type = "password", Password = MailServers.Password },
            Imap = new ServerAddress { Host = "127.0.0.1", Port = servers.Mail.Ports.Imaps, Security = MailSecurity.Tls },
            Smtp = new ServerAddress { Host = "127.0.0.1", Port = servers.Mail.Ports.Smtp, Security = MailSecurity.StartTls },
        }, cancellationToken: Ct);
    }

    /// <summary>Submits, and follows the events until the outcome is known.</summary>
    private async Task<Submission> SendAsync(Account account, SubmissionRequest request)
    {
        await using var stream = await servers.Http.GetStreamAsync($"/v1/events?account={account.Id}", Ct);
        await using var events = SseParser.Create(stream).EnumerateAsync(Ct).GetAsyncEnumerator(Ct);
        await events.MoveNextAsync(); // the first ping: from here on nothing is missed

        var submission = await _client.SubmitMessageAsync(account.Id, request, cancellationToken: Ct);
        Assert.Equal(submission.Id, (await _client.GetSubmissionAsync(account.Id, submission.Id, Ct)).Id);
        while (await events.MoveNextAsync())
        {
            if (events.Current.EventType != "submission.state") { continue; }

            var happened = JsonSerializer.Deserialize<MailEvent>(events.Current.Data, GatewayClient.Json)!;
            if (happened.Data.AdditionalProperties["state"].ToString() is "sent" or "failed" or "unknown") { break; }
        }

        return await _client.GetSubmissionAsync(account.Id, submission.Id, Ct);
    }
}
