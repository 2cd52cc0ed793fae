using System.Text;

namespace Gateway.IntegrationTests.Messages;

/// <summary>One mail with everything: two spellings of its text, an image in it, a file with a name in another script.</summary>
internal static class SampleMail
{
    /// <summary>The smallest PNG: one pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>Every byte there is, more of them than one piece of a download holds.</summary>
    public static readonly byte[] File = [.. Enumerable.Range(0, 700_000).Select(n => (byte)(n * 31 + n / 256))];

    public static string Raw { get; } = new StringBuilder()
        .Append("From: Ann <ann@example.test>\nTo: Bob <bob@example.test>\nCc: Cy <cy@example.test>\nReply-To: desk@example.test\n")
        .Append("Subject: Everything\nDate: Thu, 1 Oct 2026 10:00:00 +0000\nMessage-ID: <every@example.test>\n")
        .Append("In-Reply-To: <before@example.test>\nReferences: <root@example.test> <before@example.test>\nMIME-Version: 1.0\n")
        .Append("Content-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: multipart/alternative; boundary=inner\n\n")
        .Append("--inner\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nCaf=E9 at noon\n")
        .Append("--inner\nContent-Type: multipart/related; boundary=related\n\n--related\nContent-Type: text/html; charset=utf-8\n\n")
        .Append("<p>Café at <b>noon</b></p><script>alert(1)</script><img src=\"cid:logo\"><img src=\"https://tracker.example/x.png\">\n")
        .Append("--related\nContent-Type: image/png; name=logo.png\nContent-ID: <logo>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n")
        .Append(Base64(Png)).Append("--related--\n--inner--\n")
        .Append("--outer\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n")
        .Append("Content-Disposition: attachment; filename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.bin\n\n")
        .Append(Base64(File)).Append("--outer--\n").ToString();

    private static string Base64(byte[] bytes)
    {
        var lines = Convert.ToBase64String(bytes).Chunk(76).Select(line => new string(line) + "\n");
        return string.Concat(lines);
    }
}
