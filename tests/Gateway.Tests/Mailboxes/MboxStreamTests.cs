using System.Text;
using Gateway.Features.Mailboxes;

namespace Gateway.Tests.Mailboxes;

public sealed class MboxStreamTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_stand_one_after_the_other_with_their_own_from_lines_quoted() => Assert.Equal(
        "From a\nSubject: x\n\n>From here\n>>From there\n>> From\nFromage\n Fro\n\nFrom b\nlast\n\n",
        await WriteAsync(int.MaxValue, ("From a", "Subject: x\r\n\r\nFrom here\r\n>From there\r\n>> From\r\nFromage\r\n Fro"), ("From b", "last\n")));

    [Fact]
    public async Task It_does_not_matter_where_the_pieces_are_cut()
    {
        (string, string)[] messages = [("From a", "From x\r\n>>From y\r\rFro\r\nFrom"), ("From b", ">\r\nFrom z\r\n\r\n")];
        var whole = await WriteAsync(int.MaxValue, messages);

        Assert.Equal("From a\n>From x\n>>>From y\r\rFro\nFrom\n\nFrom b\n>\n>From z\n\n\n", whole);
        foreach (var piece in (int[])[1, 2, 3, 5, 7]) { Assert.Equal(whole, await WriteAsync(piece, messages)); }
    }

    [Fact]
    public async Task A_message_without_bytes_leaves_nothing_behind() =>
        Assert.Equal("From b\nx\n\n", await WriteAsync(int.MaxValue, ("From a", ""), ("From b", "x\r\n")));

    private static async Task<string> WriteAsync(int piece, params (string Separator, string Text)[] messages)
    {
        using var target = new MemoryStream();
        await using var mbox = new MboxStream(target);
        foreach (var (separator, text) in messages)
        {
            mbox.Begin(separator);
            foreach (var chunk in Encoding.UTF8.GetBytes(text).Chunk(Math.Min(piece, Math.Max(1, text.Length)))) { await mbox.WriteAsync(chunk, Ct); }

            await mbox.EndAsync(Ct);
        }

        return Encoding.UTF8.GetString(target.ToArray());
    }
}
