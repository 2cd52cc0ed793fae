using System.Net;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Mailboxes;

public sealed class ExportTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_is_exported_as_an_mbox_that_reads_back_the_same()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var large = string.Concat(Enumerable.Repeat($"{new string('x', 70)}\n", 12_000)); // more than one piece of a download
        foreach (var (subject, text) in new[] { ("First", "From the start\n>From a quote\n"), ("=?utf-8?q?Gro=C3=9Fes?=", large), ("Last", "no end of line") }) // Cyrus replaces bytes of a header that are not ASCII
        {
            await user.DeliverAsync($"From: a@example.test\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}", Ct);
        }

        var answer = await user.GetAsync($"mailboxes/{await user.MailboxIdAsync("inbox", Ct)}/export", Ct);

        Assert.Equal((HttpStatusCode.OK, "application/mbox"), (answer.Status, answer.Headers.ContentType?.MediaType));
        Assert.Equal("INBOX.mbox", answer.Headers.ContentDisposition?.FileName?.Trim('"'));
        var parser = new MimeParser(new MemoryStream(answer.Bytes), MimeFormat.Mbox);
        var read = new List<(string?, string?)>();
        while (!parser.IsEndOfStream)
        {
            using var message = await parser.ParseMessageAsync(Ct);
            read.Add((message.Subject, message.TextBody?.ReplaceLineEndings("\n").TrimEnd('\n')));
        }

        Assert.Equal([("First", ">From the start\n>>From a quote"), ("Großes", large.TrimEnd('\n')), ("Last", "no end of line")], read);
    }

    [Fact]
    public async Task What_is_not_there_or_holds_no_messages_is_told()
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var empty = await user.GetAsync($"mailboxes/{await user.MailboxIdAsync("inbox", Ct)}/export", Ct);
        var made = (await user.SendAsync(HttpMethod.Post, "mailboxes", new { name = "Old" }, Ct)).Json.GetProperty("id").GetString();
        await user.SendAsync(HttpMethod.Delete, $"mailboxes/{made}", null, Ct);
        var missing = await user.GetAsync($"mailboxes/{made}/export", Ct);

        Assert.Equal((HttpStatusCode.OK, 0), (empty.Status, empty.Bytes.Length));
        Assert.Equal((404, "mailbox-not-found"), missing.Problem);
    }
}
