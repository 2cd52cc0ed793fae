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
    };

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
        Assert.Equal(200, (int)opened.Status);
        using var imap = await user.OpenInboxAsync(Ct); // a server may add fields of its own to what it is given
        using var direct = new MemoryStream();
        await (await imap.Inbox!.GetStreamAsync(1, "", Ct)).CopyToAsync(direct, Ct);
        Assert.Equal(direct.ToArray(), bytes);
        Assert.EndsWith(raw.TrimEnd().Split('\n')[^1] + "\r\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
