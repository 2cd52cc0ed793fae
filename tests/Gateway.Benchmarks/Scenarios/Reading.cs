using System.Text.Json;
using Gateway.Benchmarks.Raw;
using MailKit;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>Opening a message of 30 KB.</summary>
internal static class Reading
{
    private const int WarmUp = 1500;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var account = await stand.AddAccountAsync(Seeding.Big, ct);
        await using var raw = await RawImap.OpenAsync(stand.Mail, account.Email, ct);
        using var imap = await stand.Mail.ImapAsync(account.Email, ct);
        await raw.CommandAsync("SELECT Thirty", ct);
        var thirty = await imap.GetFolderAsync("Thirty", ct);
        await thirty.OpenAsync(FolderAccess.ReadOnly, ct);
        var paths = await PathsAsync(stand, account, ct);

        // Each message once: what a person sees who opens a mail. Then one message over and over, as two tabs or a reload would.
        var first = await Samples.InTurnAsync(WarmUp, paths.Count - WarmUp,
            round => raw.CommandAsync($"FETCH {round + 1} BODY.PEEK[]", ct),
            round => thirty.GetMessageAsync(round, ct),
            round => stand.GetAsync(paths[round], ct));
        var again = await Samples.InTurnAsync(WarmUp, 300,
            _ => raw.CommandAsync("FETCH 1 BODY.PEEK[]", ct),
            _ => thirty.GetMessageAsync(0, ct),
            _ => stand.GetAsync(paths[0], ct));
        return 
        [
            Figure.Of("Message of 30 KB, opened for the first time", first, "MailKit", 1.5),
            Figure.Of("Message of 30 KB, opened again", again, "MailKit", 0.5),
        ];
    }

    /// <summary>The messages' addresses, in the server's order.</summary>
    private static async Task<IReadOnlyList<string>> PathsAsync(Stand stand, BenchAccount account, CancellationToken ct)
    {
        List<string> newestFirst = [];
        for (var offset = 0; offset < Seeding.Thirties; offset += 50)
        {
            using var page = JsonDocument.Parse(await stand.GetAsync(account.List("Thirty", offset), ct));
            newestFirst.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("id").GetString()!));
        }

        newestFirst.Reverse();
        return [.. newestFirst.Select(id => $"/v1/accounts/{account.Id}/messages/{id}")];
    }
}
