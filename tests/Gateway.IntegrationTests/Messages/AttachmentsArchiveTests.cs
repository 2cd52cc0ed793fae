using System.IO.Compression;
using System.Net;
using System.Text;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class AttachmentsArchiveTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_attached_comes_in_one_zip_under_names_that_harm_nobody()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var big = SampleMail.File;
        var raw = new StringBuilder("From: a@example.test\nSubject: Files: all/of them\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHi\n");
        foreach (var (name, bytes) in new[] { ("a.txt", "one"u8.ToArray()), ("a.txt", "two"u8.ToArray()), ("../../etc/passwd", "three"u8.ToArray()), ("big.bin", big), ("\u202Egpj.exe", "five"u8.ToArray()) })
        {
            raw.Append($"--b\nContent-Type: {(name == "a.txt" ? "text/plain" : "application/octet-stream")}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(name)}\n\n")
                .Append(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)).Append('\n');
        }

        var id = await user.DeliverAndFindAsync(raw.Append("--b--\n").ToString(), Ct);
        var answer = await user.GetAsync($"messages/{id}/attachments.zip", Ct);

        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.Status, answer.Headers.ContentType?.MediaType));
        Assert.Equal("Files_ all_of them.zip", answer.Headers.ContentDisposition?.FileName?.Trim('"'));
        using var zip = new ZipArchive(new MemoryStream(answer.Bytes));
        Assert.Equal(["a.txt", "a (2).txt", "_.._etc_passwd", "big.bin", "gpj.exe"], zip.Entries.Select(e => e.FullName));
        Assert.Equal(["one", "two", "three", null, "five"], zip.Entries.Select(e => e.Name == "big.bin" ? null : Encoding.UTF8.GetString(BytesOf(e))));
        Assert.Equal(big, BytesOf(zip.GetEntry("big.bin")!));
    }

    [Fact]
    public async Task A_message_with_nothing_attached_has_no_zip()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: x\n\nHello\n", Ct);

        Assert.Equal((404, "part-not-found"), (await user.GetAsync($"messages/{id}/attachments.zip", Ct)).Problem);
    }

    private static byte[] BytesOf(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        using var opened = entry.Open();
        opened.CopyTo(bytes);
        return bytes.ToArray();
    }
}
