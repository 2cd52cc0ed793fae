using Gateway.Rendering;
using Gateway.TestKit;

namespace Gateway.Tests.Rendering;

public sealed class TnefTests
{
    private static readonly byte[] File = WinmailDat.With(("one.txt", "first"u8.ToArray()), ("../two.pdf", [1, 2, 3]));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_inside_is_listed_and_read()
    {
        var content = await TnefReading.ReadAsync(File, "2", TimeProvider.System, Ct);

        Assert.Equal([("2.w1", "one.txt", 5L), ("2.w2", "two.pdf", 3L)], content.Attachments.Select(a => (a.PartId, a.FileName!.TrimStart('_', '.'), a.Size)));
        Assert.Equal([1, 2, 3], (await TnefReading.FindAsync(File, 2, TimeProvider.System, Ct))!.Value.Bytes);
        Assert.Null(await TnefReading.FindAsync(File, 3, TimeProvider.System, Ct));
    }

    [Fact]
    public async Task What_is_broken_anywhere_throws_nothing()
    {
        for (var cut = 0; cut < File.Length; cut++) { await TnefReading.ReadAsync(File[..cut], "2", TimeProvider.System, Ct); }

        for (var at = 0; at < File.Length; at++)
        {
            var spoiled = File.ToArray();
            spoiled[at] ^= 0xff;
            await TnefReading.ReadAsync(spoiled, "2", TimeProvider.System, Ct);
        }

        Assert.Equal("winmail-unreadable", Assert.Single((await TnefReading.ReadAsync([], "2", TimeProvider.System, Ct)).Defects).Code);
    }

    [Theory]
    [InlineData("2.w1", "2", 1)]
    [InlineData("2.3.w12", "2.3", 12)]
    public void An_inner_id_names_its_part(string id, string part, int number) => Assert.Equal((part, number), TnefReading.Split(id));

    [Theory]
    [InlineData("2")]
    [InlineData(".w1")]
    [InlineData("2.w0")]
    [InlineData("2.w-1")]
    [InlineData("2.wx")]
    [InlineData("2.w99999999999")]
    public void Any_other_id_does_not(string id) => Assert.Null(TnefReading.Split(id));
}
