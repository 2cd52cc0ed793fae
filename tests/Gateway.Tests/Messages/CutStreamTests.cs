using Gateway.Features.Messages;

namespace Gateway.Tests.Messages;

public sealed class CutStreamTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(3, 5)]
    [InlineData(9, 1)]
    [InlineData(4, long.MaxValue)]
    public async Task Whatever_the_pieces_the_same_bytes_come_through(int from, long length)
    {
        byte[] whole = [.. Enumerable.Range(0, 10).Select(n => (byte)n)];
        var expected = whole.Skip(from).Take((int)Math.Min(length, 10)).ToArray();
        for (var piece = 1; piece <= whole.Length; piece++)
        {
            using var kept = new MemoryStream();
            await using var cut = new CutStream(kept, from, length);

            foreach (var bytes in whole.Chunk(piece)) { await cut.WriteAsync(bytes, Ct); }

            Assert.Equal(expected, kept.ToArray());
            Assert.Equal(10, cut.Position);
            Assert.Equal(length <= 10 - from, cut.IsDone);
        }
    }

    [Fact]
    public async Task It_is_done_as_soon_as_its_last_byte_went_through()
    {
        await using var cut = new CutStream(Stream.Null, 2, 3);
        await cut.WriteAsync(new byte[4], Ct);
        var before = cut.IsDone;

        await cut.WriteAsync(new byte[1], Ct);

        Assert.Equal((false, true), (before, cut.IsDone));
    }
}
