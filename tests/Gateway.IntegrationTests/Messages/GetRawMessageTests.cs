using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class GetRawMessageTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_raw_message_is_what_imap_gives_byte_for_byte()
    {
        var (user, id, expected) = await DeliverAsync(SampleMail.Raw);

        var raw = await user.GetAsync($"messages/{id}/raw", Ct);

        Assert.Equal(expected, raw.Bytes);
        Assert.Equal("message/rfc822", raw.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(0L, 9L)]
    [InlineData(500_000L, 600_000L)]
    [InlineData(1_000L, null)]
    [InlineData(null, 100L)]
    public async Task A_range_is_that_piece_of_it(long? from, long? to)
    {
        var (user, id, expected) = await DeliverAsync(SampleMail.Raw);
        var start = from ?? expected.Length - to!.Value;
        var end = from is null ? expected.Length - 1 : to ?? expected.Length - 1;

        var piece = await user.GetRangeAsync($"messages/{id}/raw", from, to, Ct);

        Assert.Equal(206, (int)piece.Status);
        Assert.Equal($"bytes {start}-{end}/{expected.Length}", piece.Headers.ContentRange!.ToString());
        Assert.Equal(expected[(int)start..(int)(end + 1)], piece.Bytes);
    }

    [Fact]
    public async Task A_range_beyond_the_end_cannot_be_satisfied()
    {
        var (user, id, expected) = await DeliverAsync("Subject: Short\n\nText\n");

        var answer = await user.GetRangeAsync($"messages/{id}/raw", expected.Length, null, Ct);

        Assert.Equal((416, "range-not-satisfiable"), answer.Problem);
        Assert.Equal($"bytes */{expected.Length}", answer.Headers.ContentRange!.ToString());
    }

    private async Task<(ServedUser User, string Id, byte[] Expected)> DeliverAsync(string raw)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync(raw, Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        using var bytes = new MemoryStream();
        var uid = (await imap.Inbox!.FetchAsync(0, 0, MessageSummaryItems.UniqueId, Ct))[0].UniqueId;
        await using var stream = await imap.Inbox.GetStreamAsync(uid, Ct);
        await stream.CopyToAsync(bytes, Ct);
        return (user, id, bytes.ToArray());
    }
}
