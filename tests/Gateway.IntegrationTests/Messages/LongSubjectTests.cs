using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class LongSubjectTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subject_of_64_KB_hides_neither_itself_nor_its_neighbours()
    {
        var account = await TestAccount.AddAsync(servers);
        await account.DeliverAsync("Subject: Before\r\n\r\nText\r\n");
        await account.DeliverAsync("Subject: " + string.Concat(Enumerable.Repeat("many words \r\n ", 6000)) + "\r\n\r\nText\r\n");
        await account.DeliverAsync("Subject: After\r\n\r\nText\r\n");

        var rows = await account.ListAsync("inbox");

        Assert.Equal(["After", "Before"], rows.Select(r => r.GetProperty("subject").GetString()).Where(s => s is "After" or "Before"));
        Assert.Equal(3, rows.Count);
        Assert.Contains(rows, r => r.TryGetProperty("defects", out var defects) && defects.GetArrayLength() > 0);
        var raw = await account.Http.GetByteArrayAsync(account.Path($"messages/{rows[1].GetProperty("id").GetString()}/raw"), Ct);
        Assert.True(raw.Length > 64 * 1024);
    }
}
