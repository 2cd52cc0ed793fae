using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.IntegrationTests.Events;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Submissions;

public sealed class SubmissionsTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paced_account_sends_what_it_may_and_the_rest_when_it_may_more()
    {
        var (ann, bob) = (await TestAccount.AddAsync(servers), await TestAccount.AddAsync(servers));
        await ann.SendAsync(HttpMethod.Put, "pacing", new { perMinute = 2 }, HttpStatusCode.OK);
        await using var events = await EventReader.OpenAsync(ann);
        var ids = new List<string>();
        for (var n = 1; n <= 3; n++)
        {
            var mail = new { to = new[] { new { address = bob.Address } }, subject = $"Mail {n}", text = "Hi", saveToSent = false };
            ids.Add((await ann.PostAsync("submissions", mail, HttpStatusCode.Accepted)).GetProperty("id").GetString()!);
        }

        for (var n = 0; n < 2; n++) { await events.NextAsync("submission.state", s => s.GetProperty("state").GetString() == "sent"); }

        var waiting = await ann.GetAsync($"submissions/{ids[2]}");
        var pacing = await ann.GetAsync("pacing");
        await ann.SendAsync(HttpMethod.Put, "pacing", new { }, HttpStatusCode.OK);
        var sent = await events.NextAsync("submission.state", s => s.GetProperty("state").GetString() == "sent");

        Assert.Equal(("queued", "pacing"), (waiting.GetProperty("state").GetString(), waiting.GetProperty("waitsFor").GetString()));
        Assert.Equal(pacing.GetProperty("nextAt").GetDateTimeOffset(), waiting.GetProperty("sendAt").GetDateTimeOffset());
        Assert.Equal((2, 2), (pacing.GetProperty("usedThisMinute").GetInt32(), pacing.GetProperty("usedToday").GetInt32()));
        Assert.Equal(ids[2], sent.GetProperty("data").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_mail_with_everything_arrives_and_is_filed_and_answered()
    {
        var (ann, bob, hidden) = (await TestAccount.AddAsync(servers), await TestAccount.AddAsync(servers), await TestAccount.AddAsync(servers));
        await ann.DeliverAsync("Subject: Question\r\nMessage-ID: <question@example.test>\r\nReferences: <root@example.test>\r\n\r\nWell?\r\n");
        var question = await ann.OnlyMessageAsync();
        await using var events = await EventReader.OpenAsync(ann);

        var accepted = await ann.PostAsync("submissions", new
        {
            from = new { name = "Änne", address = ann.Address },
            to = new[] { new { name = "Bob", address = bob.Address } },
            bcc = new[] { new { address = hidden.Address } },
            subject = "Re: Question – ünïcode",
            text = "line one\rline two\n.\nGrüße",
            html = "<p>Hello <img src=\"cid:logo\"></p>",
            inReplyTo = question,
            headers = new Dictionary<string, string> { ["X-Ticket"] = "42" },
            attachments = new object[]
            {
                new { fileName = "näme.txt", contentType = "text/plain", content = Convert.ToBase64String("a\rb"u8) },
                new { fileName = "logo.png", contentType = "image/png", content = "iVBORw0KGgo=", contentId = "logo", disposition = "inline" },
            },
        }, HttpStatusCode.Accepted);
        var sent = await events.NextAsync("submission.state", s => s.TryGetProperty("sentMessageId", out _));

        Assert.Equal("queued", accepted.GetProperty("state").GetString());
        Assert.Equal("sent", sent.GetProperty("data").GetProperty("state").GetString());
        var mail = await ArrivedAsync(bob);
        Assert.Equal(("Re: Question – ünïcode", "Änne", "42"), (mail.Subject, mail.From.Mailboxes.Single().Name, mail.Headers["X-Ticket"]));
        Assert.Equal(("question@example.test", accepted.GetProperty("messageIdHeader").GetString()), (mail.InReplyTo, mail.MessageId));
        Assert.Equal(["root@example.test", "question@example.test"], mail.References);
        Assert.Equal("line one\nline two\n.\nGrüße", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Empty(mail.Bcc);
        var note = Assert.IsAssignableFrom<MimePart>(Assert.Single(mail.Attachments));
        using var content = new MemoryStream();
        await note.Content!.DecodeToAsync(content, Ct);
        Assert.Equal(("näme.txt", "a\rb"), (note.FileName, Encoding.ASCII.GetString(content.ToArray())));
        Assert.Equal("logo", mail.BodyParts.OfType<MimePart>().Single(p => p.FileName == "logo.png").ContentId);
        Assert.Equal(mail.MessageId, (await ArrivedAsync(hidden)).MessageId);

        var copy = Assert.Single(await ann.ListAsync("sent"));
        Assert.Equal(sent.GetProperty("data").GetProperty("sentMessageId").GetString(), copy.GetProperty("id").GetString());
        Assert.Contains("seen", Flags(copy));
        Assert.Contains("answered", Flags(Assert.Single(await ann.ListAsync("inbox"))));
        var listed = (await ann.GetAsync("submissions?state=sent")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(accepted.GetProperty("id").GetString(), listed.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Whoever_waits_is_told_what_became_of_it()
    {
        var (ann, bob) = (await TestAccount.AddAsync(servers), await TestAccount.AddAsync(servers));

        var draft = await ann.PostAsync("drafts", new { to = new[] { new { address = bob.Address } }, subject = "From a draft", text = "Hi" }, HttpStatusCode.Created);
        var sent = await ann.PostAsync($"drafts/{draft.GetProperty("id").GetString()}/send?wait=60", new { }, HttpStatusCode.Accepted);
        var submission = await ann.PostAsync("submissions?wait=60", new { to = new[] { new { address = bob.Address } }, subject = "Now", text = "Hi" }, HttpStatusCode.Accepted);

        Assert.All([submission, sent], s => Assert.Equal("sent", s.GetProperty("state").GetString()));
        Assert.StartsWith("250 2.0.0", submission.GetProperty("attempts")[0].GetProperty("reply").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_a_message_can_be_sent_on()
    {
        var account = await TestAccount.AddAsync(servers);
        await account.DeliverAsync(
            "Subject: With file\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n--b\r\n"
            + "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\naGVsbG8=\r\n--b--\r\n");
        var (bob, message) = (await TestAccount.AddAsync(servers), await account.OnlyMessageAsync());

        await account.PostAsync("submissions", new
        {
            to = new[] { new { address = bob.Address } }, subject = "Fwd",
            attachments = new[] { new { messageId = message, partId = "2" } },
        }, HttpStatusCode.Accepted);

        var part = Assert.IsAssignableFrom<MimePart>(Assert.Single((await ArrivedAsync(bob)).Attachments));
        Assert.Equal(("a.pdf", "application/pdf"), (part.FileName, part.ContentType.MimeType));
    }

    [Fact]
    public async Task The_same_idempotency_key_sends_once()
    {
        var (account, bob) = (await TestAccount.AddAsync(servers), await TestAccount.AddAsync(servers));
        var mail = new { to = new[] { new { address = bob.Address } }, subject = "Once", text = "Hi" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SubmitAsync(account, mail, "key-1")));
        var other = await SubmitAsync(account, mail with { subject = "Other" }, "key-1");

        Assert.Single(answers.Select(a => a.Body.GetProperty("id").GetString()).Distinct());
        Assert.Equal((HttpStatusCode.Conflict, "idempotency-key-reused"), (other.Status, other.Body.GetProperty("code").GetString()));
        await ArrivedAsync(bob);
        Assert.Single(await bob.ListAsync("inbox"));
    }

    [Fact]
    public async Task A_recipient_refused_for_good_is_told_in_the_servers_words()
    {
        var account = await TestAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(account);
        var tooLong = new string('a', 65) + "@example.test"; // RFC 5321 section 4.5.3.1.1: a local part has 64 octets at most

        await account.PostAsync("submissions", new { to = new[] { new { address = tooLong } }, text = "Hi" }, HttpStatusCode.Accepted);
        var done = await events.NextAsync("submission.state", s => s.GetProperty("state").GetString() is "failed" or "sent");

        // Postfix takes it and Dovecot refuses it later, or Postfix refuses it now: both are an answer, and it is kept.
        Assert.False(string.IsNullOrEmpty(done.GetProperty("data").GetProperty("recipients")[0].GetProperty("reply").GetString()));
    }

    [Theory]
    [InlineData("""{"to":[{"address":"a\r\nb@example.test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"name":"x\r\nBcc: evil","address":"a@example.test"}]}""", "/to/0/name")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"subject":"x\r\nBcc: evil@example.test"}""", "/subject")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"headers":{"X-A":"x\ny"}}""", "/headers/X-A")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"headers":{"X A":"x"}}""", "/headers/X A")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"headers":{"Bcc":"x"}}""", "/headers/Bcc")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"text":"a\u0000b"}""", "/text")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"attachments":[{"fileName":"a\nb","content":""}]}""", "/attachments/0/fileName")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"attachments":[{"contentType":"no type","content":""}]}""", "/attachments/0/contentType")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"from":{"address":"other@example.test"}}""", "/from/address")]
    [InlineData("""{"subject":"nobody"}""", "/to")]
    public async Task What_could_break_a_mail_is_refused_with_a_pointer(string body, string pointer)
    {
        var account = await TestAccount.AddAsync(servers);

        var problem = await account.SendAsync(HttpMethod.Post, "submissions", JsonDocument.Parse(body).RootElement, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("validation-failed", problem.GetProperty("code").GetString());
        Assert.Contains(pointer, problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()));
    }

    [Theory]
    [InlineData("""{"to":[{"address":"a@example.test"}],"attachments":[{"content":"###"}]}""", "/attachments/0/content")]
    [InlineData("""{"to":"a@example.test"}""", "/to")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"inReplyTo":"nonsense"}""", "/inReplyTo")]
    [InlineData("""{"to":[{"address":"a@example.test"}],"unknown":1}""", "/unknown")]
    public async Task What_cannot_be_read_is_refused_with_a_pointer(string body, string pointer)
    {
        var account = await TestAccount.AddAsync(servers);

        var problem = await account.SendAsync(HttpMethod.Post, "submissions", JsonDocument.Parse(body).RootElement, HttpStatusCode.BadRequest);

        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        var account = await TestAccount.AddAsync(servers);
        var huge = new { to = new[] { new { address = "a@example.test" } }, attachments = new[] { new { content = new string('A', 36 * 1024 * 1024) } } };

        Assert.Equal("too-large", await account.ProblemAsync(HttpMethod.Post, "submissions", huge, HttpStatusCode.RequestEntityTooLarge));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SubmitAsync(TestAccount account, object mail, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, account.Path("submissions")) { Content = System.Net.Http.Json.JsonContent.Create(mail) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await account.Http.SendAsync(request, Ct);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.Clone());
    }

    /// <summary>The mail in the account's inbox, as soon as it is there.</summary>
    private static async Task<MimeMessage> ArrivedAsync(TestAccount account)
    {
        using var imap = await account.ImapAsync();
        var inbox = await TestAccount.OpenAsync(imap, "INBOX");
        using var arrived = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        inbox.CountChanged += (_, _) => arrived.Cancel();
        if (inbox.Count == 0) { await imap.IdleAsync(arrived.Token, Ct); }

        return await inbox.GetMessageAsync(0, Ct);
    }

    private static IEnumerable<string?> Flags(JsonElement row) => row.GetProperty("flags").EnumerateArray().Select(f => f.GetString());
}
