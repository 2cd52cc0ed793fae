using System.Text;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class GetAttachmentTests(RealServers servers)
{
    /// <summary>Lines of every length, which no formula can turn into decoded bytes.</summary>
    private const string Ragged =
        "From: Ann <ann@example.test>\nSubject: Ragged\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" +
        "--b\nContent-Type: text/csv\nContent-Transfer-Encoding: quoted-printable\n\nCaf=C3=A9=\n;a=3Db;=\nend\n" +
        "--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\nQUJD\nREVGR0hJ\nSktM TU4=\n" +
        "--b\nContent-Type: text/plain\nContent-Transfer-Encoding: 7bit\n\n0123456789\n--b--\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0L, 9L)]
    [InlineData(524_280L, 524_300L)]
    [InlineData(650_000L, 900_000L)]
    [InlineData(699_999L, null)]
    [InlineData(null, 100L)]
    public async Task A_range_of_a_file_is_that_piece_of_its_decoded_bytes(long? from, long? to)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var part = await DeliverAsync(user, SampleMail.Raw, "application/octet-stream");
        var whole = SampleMail.File;
        var start = from ?? whole.Length - to!.Value;
        var end = from is null ? whole.Length - 1 : Math.Min(to ?? whole.Length - 1, whole.Length - 1);

        var piece = await user.GetRangeAsync(part, from, to, Ct);

        Assert.Equal(206, (int)piece.Status);
        Assert.Equal($"bytes {start}-{end}/{whole.Length}", piece.Headers.ContentRange!.ToString());
        Assert.Equal(end - start + 1, piece.Headers.ContentLength);
        Assert.Equal(whole[(int)start..(int)(end + 1)], piece.Bytes);
    }

    [Theory]
    [InlineData("text/csv", "Café;a=b;end")]
    [InlineData("application/octet-stream", "ABCDEFGHIJKLMN")]
    [InlineData("text/plain", "0123456789")]
    public async Task Every_range_of_every_encoding_is_a_piece_of_the_whole(string type, string text)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var part = await DeliverAsync(user, Ragged, type);
        var whole = (await user.GetAsync(part, Ct)).Bytes;

        Assert.StartsWith(text, Encoding.UTF8.GetString(whole), StringComparison.Ordinal);
        for (var from = 0; from < whole.Length; from++)
        {
            var piece = await user.GetRangeAsync(part, from, from + 2, Ct);

            Assert.Equal(whole.Skip(from).Take(3), piece.Bytes);
            Assert.Equal(whole.Length, piece.Headers.ContentRange!.Length);
        }

        var beyond = await user.GetRangeAsync(part, whole.Length, null, Ct);
        Assert.Equal((416, "range-not-satisfiable"), beyond.Problem);
        Assert.Equal($"bytes */{whole.Length}", beyond.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("Range", "bytes=0-1,4-5")]
    [InlineData("Range", "lines=0-1")]
    [InlineData("If-Range", "\"a validator of somebody else's\"")]
    public async Task What_is_not_one_range_of_bytes_of_ours_is_answered_whole(string header, string value)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var part = await DeliverAsync(user, Ragged, "text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/accounts/{user.Account}/{part}");
        if (header != "Range") { request.Headers.Range = new(0, 1); }

        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await servers.Http.SendAsync(request, Ct);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(["bytes"], answer.Headers.AcceptRanges);
        Assert.Equal("0123456789", (await answer.Content.ReadAsStringAsync(Ct)).Trim());
    }

    /// <summary>Delivers it and returns the path of its part of this type.</summary>
    private static async Task<string> DeliverAsync(ServedUser user, string raw, string type)
    {
        var id = await user.DeliverAndFindAsync(raw, Ct);
        var message = (await user.GetAsync($"messages/{id}", Ct)).Json;
        var leaves = message.GetProperty("parts").GetProperty("children").EnumerateArray();
        return $"messages/{id}/attachments/{leaves.First(p => p.GetProperty("contentType").GetString() == type).GetProperty("partId").GetString()}";
    }
}
