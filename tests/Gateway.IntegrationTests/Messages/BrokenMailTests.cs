using System.Text;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class BrokenMailTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Mails => new()
    {
        { "no header at all", "\nJust a body\n" },
        { "a multipart without its parts", "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=none\n\nno part here\n" },
        { "a multipart without a boundary", "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--what\n\nText\n" },
        { "an address that is none", "From: <<@@>>,;:\nTo: \"unclosed\nSubject: x\n\nText\n" },
        { "a date that is none", "Date: yesterday, I think\nSubject: x\n\nText\n" },
        { "a charset nobody knows", "Subject: =?no-such-charset?q?=FF=FE?=\nContent-Type: text/plain; charset=no-such-charset\n\n\u00ff\n" },
        { "base64 that is none", "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n***not base64***\n" },
        { "a type that is none", "Subject: x\nMIME-Version: 1.0\nContent-Type: ;;;=;\nContent-Disposition: \"\n\nText\n" },
        { "a part inside a part that never ends", "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nText\n" },
        { "a very long line", "Subject: x\n\n" + new string('x', 200_000) + "\n" },
        { "a quoted local part", "From: \"a b@c\"@example.org\nSubject: x\n\nText\n" },
        { "groups within groups", "To: " + string.Concat(Enumerable.Repeat("g:", 5_000)) + new string(';', 5_000) + "\nSubject: x\n\nText\n" },
        { "comments within comments", "To: " + new string('(', 20_000) + new string(')', 20_000) + " ann@example.org\nSubject: x\n\nText\n" },
        { "very many recipients", "To: " + string.Join(",\n ", Enumerable.Range(0, 50_000).Select(i => $"r{i}@example.org")) + "\nSubject: x\n\nText\n" },
        { "a header field folded without end", "X-Long: " + string.Concat(Enumerable.Repeat("x\n ", 200_000)) + "x\nSubject: x\n\nText\n" },
        { "a header field of 4 MB", "X-Long: " + new string('x', 4_000_000) + "\nSubject: x\n\nText\n" },
        { "a subject of 3 MB", "Subject: " + string.Concat(Enumerable.Repeat("=?utf-8?q?x?= ", 230_000)) + "\n\nText\n" },
        { "a hundred thousand parameters", "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $";\n a{i}=b")) + "\n\nText\n" },
        { "a hundred thousand parts", "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n" + string.Concat(Enumerable.Repeat("\n--a\n\n", 100_000)) + "\n--a--\n" },
        { "parts two thousand deep", "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"\n--b{i}\nContent-Type: multipart/mixed; boundary=b{i + 1}\n")) + "\nText\n" },
        { "messages within messages", "Subject: x\n" + string.Concat(Enumerable.Repeat("MIME-Version: 1.0\nContent-Type: message/rfc822\n\nSubject: y\n", 300)) + "\nText\n" },
        { "html without end", "Subject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + string.Concat(Enumerable.Repeat("<b><i><table><a>\n", 20_000)) },
    };

    [Fact]
    [Trait("Server", "Dovecot")] // Cyrus does not take it
    public Task A_mail_that_begins_with_a_line_of_a_mailbox_file_is_listed_opens_and_is_there_raw() =>
        A_broken_mail_is_listed_opens_and_is_there_raw("a mailbox's line", "From ann@example.org Mon Jan  1 00:00:00 2026\nSubject: x\n\nText\n");

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task A_broken_mail_is_listed_opens_and_is_there_raw(string what, string raw)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["before"], Ct);
        await user.DeliverAsync(raw, Ct);
        await user.DeliverSubjectsAsync(["after"], Ct);

        var rows = await user.ListAsync("inbox", Ct);
        var id = rows[1].GetProperty("id").GetString();
        var opened = await user.GetAsync($"messages/{id}", Ct);
        var bytes = (await user.GetAsync($"messages/{id}/raw", Ct)).Bytes;

        Assert.True(rows.Count == 3, what);
        Assert.Equal(("after", "before"), (rows[0].GetProperty("subject").GetString(), rows[2].GetProperty("subject").GetString()));
        Assert.True((int)opened.Status == 200, $"{what}: {opened.Status}");
        using var imap = await user.OpenInboxAsync(Ct); // a server may add fields of its own to what it is given
        using var direct = new MemoryStream();
        await (await imap.Inbox!.GetStreamAsync(1, "", Ct)).CopyToAsync(direct, Ct);
        Assert.Equal(direct.ToArray(), bytes);
        Assert.EndsWith(raw.TrimEnd().Split('\n')[^1] + "\r\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
