using Gateway.Benchmarks.Raw;
using Gateway.Mail.Watching;
using MailKit;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>A mailbox of 100,000 messages beside one of 1,000.</summary>
internal static class Huge
{
    private const int Many = 100_000;
    private const int Few = 1_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        await SeedAsync(stand, ct);
        var account = await stand.AddAccountAsync(Seeding.Big, ct);
        await using var raw = await RawImap.OpenAsync(stand.Mail, account.Email, ct);
        await raw.CommandAsync("SELECT Huge", ct);

        // The second look begins the view; the warm-up is longer than reading it takes.
        var taken = await Samples.InTurnAsync(1000, 500,
            _ => raw.CommandAsync($"FETCH {Many - 49}:{Many} (UID FLAGS)", ct),
            _ => stand.GetAsync(account.List("Few"), ct),
            _ => stand.GetAsync(account.List("Huge"), ct));
        var ratio = taken[2].P50 / taken[1].P50;
        var each = BytesEach();
        return
        [
            new("First page of 100,000 messages beside that of 1,000, both hot", $"{taken[2]}", $"1,000: {taken[1]}, raw UIDs and flags {taken[0]}",
                Stand.Times(ratio), "≤ 1.50 ×", ratio <= 1.5),
            new("Memory of a view, a message", FormattableString.Invariant($"{each:0.0} bytes"), "", "", "≤ 40 bytes", each <= 40),
        ];
    }

    private static async Task SeedAsync(Stand stand, CancellationToken ct)
    {
        using var imap = await stand.Mail.ImapAsync(Seeding.Big, ct);
        var top = imap.GetFolder(imap.PersonalNamespaces[0]);
        var (few, huge) = ((await top.CreateAsync("Few", true, ct))!, (await top.CreateAsync("Huge", true, ct))!);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, ct);
        await imap.Inbox.CopyToAsync([.. Enumerable.Range(0, Few)], few, ct);
        for (var copied = 0; copied < Many; copied += Seeding.Messages) { await imap.Inbox.CopyToAsync([.. Enumerable.Range(0, Seeding.Messages)], huge, ct); }
    }

    private static double BytesEach()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var view = new MailboxView(1);
        for (var i = 0; i < Many; i++) { view.Add(new MessageSummary(i) { UniqueId = new((uint)i + 1), Flags = MessageFlags.Seen }); }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(view);
        return (after - before) / (double)Many;
    }
}
