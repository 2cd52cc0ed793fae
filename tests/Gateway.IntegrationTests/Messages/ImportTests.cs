using System.Net;
using System.Text;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class ImportTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Server", "Dovecot")] // others mend what they are given: Cyrus puts X for 8-bit octets in a header
    public async Task An_imported_message_is_there_byte_for_byte_with_its_flags_and_date()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var raw = Encoding.Latin1.GetBytes("Subject:  odd   spacing\r\n\tfolded \r\nX-Bytes: \xe9\xff\r\nFrom: =?utf-8?q?J=C3=B6rg?= <j@example.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\n\r\nText  \r\n--b\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\nAA==\r\n--b--\r\nepilogue\r\n");

        var answer = await ImportAsync(user, raw, $"mailbox={await user.MailboxIdAsync("archive", Ct)}&flags=seen&flags=flagged&keywords=old&receivedAt=2020-02-02T02:02:02Z");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var row = Assert.Single(await user.ListAsync("archive", Ct));
        Assert.Equal(answer.Json.GetProperty("id").GetString(), row.GetProperty("id").GetString());
        Assert.Equal(["seen", "flagged"], row.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal("old", Assert.Single(row.GetProperty("keywords").EnumerateArray()).GetString());
        Assert.Equal(new DateTimeOffset(2020, 2, 2, 2, 2, 2, TimeSpan.Zero), row.GetProperty("receivedAt").GetDateTimeOffset());
        Assert.Equal(raw, (await user.GetAsync($"messages/{row.GetProperty("id").GetString()}/raw", Ct)).Bytes);
    }

    [Fact]
    public async Task A_large_message_passes_and_bare_line_feeds_become_line_ends()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var raw = "Subject: large\n\n" + string.Concat(Enumerable.Repeat(new string('x', 70) + "\n", 150_000));

        var answer = await ImportAsync(user, Encoding.ASCII.GetBytes(raw), $"mailbox={await user.MailboxIdAsync("inbox", Ct)}");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(raw.ReplaceLineEndings("\r\n").Length, answer.Json.GetProperty("size").GetInt64());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Subject: a\0b\r\n\r\n", "")]
    public async Task What_is_no_message_is_refused(string raw, string pointer)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await ImportAsync(user, Encoding.ASCII.GetBytes(raw), $"mailbox={await user.MailboxIdAsync("inbox", Ct)}");

        Assert.Equal((422, "validation-failed"), answer.Problem);
        Assert.Equal(pointer, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Empty(await user.ListAsync("inbox", Ct));
    }

    [Fact]
    public async Task Bombs_are_refused_before_they_are_parsed()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var inbox = $"mailbox={await user.MailboxIdAsync("inbox", Ct)}";
        string[] bombs =
        [
            "To: " + string.Concat(Enumerable.Repeat("a@b.test,\r\n ", 10_000)) + "\r\n\r\n",
            string.Concat(Enumerable.Range(0, 60_000).Select(n => $"X-{n}: y\r\n")) + "\r\n",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\n", 5_000)) + "--b--\r\n",
        ];

        foreach (var bomb in bombs) { Assert.Equal((422, "validation-failed"), (await ImportAsync(user, Encoding.ASCII.GetBytes(bomb), inbox)).Problem); }
    }

    [Theory]
    [InlineData("mailbox=x", "mailbox")]
    [InlineData("mailbox={0}&flags=green", "flags")]
    [InlineData("mailbox={0}&keywords=a%20b", "keywords")]
    [InlineData("mailbox={0}&receivedAt=noon", "receivedAt")]
    public async Task Hostile_values_are_refused_by_name(string query, string parameter)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await ImportAsync(user, "Subject: x\r\n\r\n"u8.ToArray(), string.Format(null, query, await user.MailboxIdAsync("inbox", Ct)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(parameter, answer.Json.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    private async Task<Answer> ImportAsync(ServedUser user, byte[] raw, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/accounts/{user.Account}/messages?{query}") { Content = new ByteArrayContent(raw) };
        request.Content.Headers.ContentType = new("message/rfc822");
        return await Answer.ReadAsync(servers.Http, request, Ct);
    }
}
