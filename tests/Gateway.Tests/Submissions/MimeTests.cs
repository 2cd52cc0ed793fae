using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.TestKit;
using Gateway.Tests.Http;
using MimeKit;

namespace Gateway.Tests.Submissions;

/// <summary>What a submission looks like when it leaves, byte for byte.</summary>
public sealed class MimeTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("a\rb\nc\r\nd", "a\r\nb\r\nc\r\nd\r\n")]
    [InlineData("a\r.\rRSET\r\n.\r\nMAIL FROM:<x@example.test>", "a\r\n.\r\nRSET\r\n.\r\nMAIL FROM:<x@example.test>\r\n")]
    [InlineData("a\n.\nb\r\r\n", "a\r\n.\r\nb\r\n\r\n")]
    public async Task Line_ends_of_a_text_are_one_kind(string text, string arrives)
    {
        var mail = await SendAsync(new() { ["text"] = text });

        Assert.Equal(arrives.TrimEnd(), mail.TextBody!.ReplaceLineEndings("\r\n").TrimEnd());
    }

    [Theory]
    [InlineData("""{"text":"a"}""", "text/plain")]
    [InlineData("""{"html":"<p>a"}""", "text/html")]
    [InlineData("{}", "text/plain")]
    [InlineData("""{"text":"a","html":"<p>a"}""", "multipart/alternative(text/plain text/html)")]
    [InlineData("""{"text":"a","attachments":[{"content":"YQ=="}]}""", "multipart/mixed(text/plain application/octet-stream)")]
    [InlineData("""{"html":"<img src='cid:x'>","attachments":[{"content":"YQ==","contentType":"image/png","contentId":"x","disposition":"inline"}]}""", "multipart/related(text/html image/png)")]
    [InlineData("""{"text":"a","html":"b","attachments":[{"content":"YQ==","contentType":"image/png","contentId":"x@y","disposition":"inline"},{"content":"YQ==","contentType":"text/csv"}]}""", "multipart/mixed(multipart/alternative(text/plain multipart/related(text/html image/png)) text/csv)")]
    [InlineData("""{"text":"a","attachments":[{"content":"YQ==","contentType":"image/png","contentId":"x","disposition":"inline"}]}""", "multipart/mixed(text/plain image/png)")]
    [InlineData("""{"html":"a","attachments":[{"content":"YQ==","contentType":"image/png","disposition":"inline"}]}""", "multipart/mixed(text/html image/png)")]
    [InlineData("""{"text":"a","attachments":[{"content":"YQ==","contentType":"message/rfc822"}]}""", "multipart/mixed(text/plain application/octet-stream)")]
    public async Task Parts_are_nested_as_they_belong_together(string request, string structure)
    {
        var mail = await SendAsync(JsonNode.Parse(request)!.AsObject());

        Assert.Equal(structure, Describe(mail.Body!));
    }

    [Fact]
    public async Task Attachment_arrives_byte_for_byte_under_its_name()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).Concat("\r.\r\n.\r\n"u8.ToArray()).ToArray();

        var mail = await SendAsync(new() { ["attachments"] = new JsonArray(new JsonObject { ["fileName"] = "Übersicht 2026.txt", ["contentType"] = "text/plain; charset=latin1", ["content"] = Convert.ToBase64String(bytes) }) });

        var part = Assert.IsAssignableFrom<MimePart>(Assert.Single(mail.Attachments));
        using var content = new MemoryStream();
        await part.Content!.DecodeToAsync(content, Ct);
        Assert.Equal(("Übersicht 2026.txt", "text/plain", "latin1"), (part.FileName, part.ContentType.MimeType, part.ContentType.Charset));
        Assert.Equal(bytes, content.ToArray());
    }

    [Theory]
    [InlineData("""{"contentType":"image/png","contentId":"x@y","disposition":"inline"}""", null)]
    [InlineData("""{"contentType":"image/png","contentId":"x@y","disposition":"inline","fileName":"logo.png"}""", "logo.png")]
    [InlineData("""{"contentType":"image/png","disposition":"inline"}""", "attachment.png")]
    [InlineData("""{"contentType":"application/pdf","contentId":"x@y"}""", "attachment.pdf")]
    [InlineData("""{"contentType":"application/x-nobody-knows"}""", "attachment")]
    [InlineData("""{"contentType":"message/rfc822"}""", "message.eml")]
    public async Task File_without_a_name_gets_one_unless_the_html_shows_it(string attachment, string? name)
    {
        var file = JsonNode.Parse(attachment)!;
        file["content"] = "YQ==";

        var mail = await SendAsync(new() { ["html"] = "<img src='cid:x@y'>", ["attachments"] = new JsonArray(file) });

        var part = Assert.Single(mail.BodyParts.OfType<MimePart>(), p => p is not TextPart);
        Assert.Equal((name, name), (part.ContentDisposition!.FileName, part.ContentType.Name));
        Assert.Equal((string?)file["contentId"], part.ContentId);
    }

    [Fact]
    public async Task Bcc_recipients_get_the_mail_and_nobody_sees_them()
    {
        var mail = await SendAsync(new()
        {
            ["to"] = SendingGateway.Addresses("bob@example.test", "BOB@example.test"), ["cc"] = SendingGateway.Addresses("cy@example.test"),
            ["bcc"] = SendingGateway.Addresses("secret@example.test"), ["text"] = "a",
        });

        var sent = Assert.Single(_gateway.Smtp.Mails);
        Assert.Equal(["bob@example.test", "cy@example.test", "secret@example.test"], sent.Recipients);
        Assert.DoesNotContain("secret", sent.Content, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public async Task Message_id_is_of_the_senders_domain_and_the_one_that_was_told()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test");
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var sent = await _gateway.ReachedAsync(account, id, "sent");

        var mail = await ParseAsync(Assert.Single(_gateway.Smtp.Mails));

        Assert.Equal((string?)sent["messageIdHeader"], mail.MessageId);
        Assert.EndsWith("@example.test", mail.MessageId, StringComparison.Ordinal);
        Assert.Equal("\"Ann\" <ann@example.test>", Assert.Single(mail.From.Mailboxes).ToString());
    }

    [Fact]
    public async Task Domain_beyond_ascii_leaves_as_the_network_knows_it()
    {
        var account = await _gateway.AddAccountAsync("ann@bücher.test");
        await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, "bob@bücher.test"), "sent");

        var sent = Assert.Single(_gateway.Smtp.Mails);
        IsClean(sent);
        var mail = await ParseAsync(sent);
        Assert.Equal(("ann@xn--bcher-kva.test", "bob@xn--bcher-kva.test"), (sent.Sender, Assert.Single(sent.Recipients)));
        Assert.Contains("bob@xn--bcher-kva.test", sent.Content, StringComparison.Ordinal);
        Assert.EndsWith("@xn--bcher-kva.test", mail.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_words_in_a_header_never_make_a_long_line()
    {
        var word = new string('x', 2000);

        var mail = await SendAsync(new()
        {
            ["subject"] = new string('y', 4000), ["text"] = new string('z', 5000), ["html"] = new string('h', 5000),
            ["headers"] = new JsonObject { ["X-Long"] = word, ["List-Id"] = word, ["X-Long-Words"] = string.Join(' ', Enumerable.Repeat(word[..600], 3)) },
        });

        Assert.Equal(4000, mail.Subject!.Replace(" ", "", StringComparison.Ordinal).Length);
        Assert.Equal(word, mail.Headers["X-Long"]);
    }

    [Fact]
    public async Task Control_characters_travel_encoded()
    {
        var mail = await SendAsync(new() { ["text"] = "page\fbreak \u0001 \u007F \u0085 end", ["html"] = "<p>\u000B" });

        Assert.Equal("page\fbreak \u0001 \u007F \u0085 end", mail.TextBody!.TrimEnd());
    }

    [Fact]
    public async Task Whatever_is_written_in_a_field_the_mail_stays_clean()
    {
        var random = new Random(20261123);
        string[] pieces = ["a", " ", "\t", "é", "😀", "=?utf-8?q?x?=", "\"", "\\", "<", ">", ",", ";", ":", "(", ")", "@", ".", "\u2028", "\u202E", "'", "--", "\u0001", "\u007F"];
        string Words(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => pieces[random.Next(pieces.Length)]));
        var account = await _gateway.AddAccountAsync();
        for (var i = 0; i < 60; i++)
        {
            using var answer = await _gateway.PostAsync(account, new JsonObject
            {
                ["to"] = new JsonArray(new JsonObject { ["address"] = "bob@example.test", ["name"] = Words(40) }),
                ["from"] = new JsonObject { ["address"] = "ann@example.test", ["name"] = Words(40) },
                ["subject"] = Words(400), ["text"] = Words(600) + "\r" + Words(600) + "\n.", ["html"] = Words(600), ["saveToSent"] = false,
                ["headers"] = new JsonObject { ["X-Any"] = Words(300), ["Keywords"] = Words(100) },
                ["attachments"] = new JsonArray(new JsonObject { ["content"] = "YQ==", ["fileName"] = Words(60) }),
            });
            Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.UnprocessableEntity, await answer.Content.ReadAsStringAsync(Ct));
        }

        var last = await _gateway.SubmitAsync(account, "last@example.test");
        await _gateway.ReachedAsync(account, last, "sent");
        Assert.True(_gateway.Smtp.Mails.Count > 50, $"{_gateway.Smtp.Mails.Count} mails");
        foreach (var mail in _gateway.Smtp.Mails)
        {
            IsClean(mail);
            var parsed = await ParseAsync(mail);
            Assert.Single(parsed.To.Mailboxes);
            Assert.Equal("ann@example.test", Assert.Single(parsed.From.Mailboxes).Address);
        }
    }

    /// <summary>Sends it and returns what the SMTP server was given, which has nothing that a server could take for something else.</summary>
    private async Task<MimeMessage> SendAsync(JsonObject request)
    {
        var account = await _gateway.AddAccountAsync();
        request["to"] ??= SendingGateway.Addresses("bob@example.test");
        request["saveToSent"] = false;
        await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, request), "sent");
        var mail = Assert.Single(_gateway.Smtp.Mails);
        IsClean(mail);
        return await ParseAsync(mail);
    }

    private static void IsClean(ScriptedMail mail)
    {
        var lines = mail.Content.Split("\r\n");
        Assert.All(lines, line => Assert.True(line.Length < 998, $"{line.Length} octets: {line}"));
        Assert.All(lines, line => Assert.DoesNotContain(line, c => c is not '\t' and (< ' ' or > '~')));
    }

    private static async Task<MimeMessage> ParseAsync(ScriptedMail mail)
    {
        var unstuffed = mail.Content.Replace("\r\n..", "\r\n.", StringComparison.Ordinal);
        return await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(unstuffed)), Ct);
    }

    private static string Describe(MimeEntity entity) => entity is Multipart parts
        ? $"{parts.ContentType.MimeType}({string.Join(' ', parts.Select(Describe))})"
        : entity.ContentType.MimeType;
}
