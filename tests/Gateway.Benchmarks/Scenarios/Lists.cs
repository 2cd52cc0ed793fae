using System.Diagnostics;
using Gateway.Benchmarks.Raw;
using MailKit;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>The fifty newest of a mailbox.</summary>
internal static class Lists
{
    private const MessageSummaryItems Items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Envelope
        | MessageSummaryItems.InternalDate | MessageSummaryItems.Size | MessageSummaryItems.BodyStructure | MessageSummaryItems.References;

    private const int Last = Seeding.Messages;
    private const string Fetched = "UID FLAGS ENVELOPE INTERNALDATE RFC822.SIZE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (REFERENCES)]";
    private const string Fetch = $"({Fetched})";
    private const int Workers = 32;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var account = await stand.AddAccountAsync(Seeding.Big, ct);
        await using var raw = await RawImap.OpenAsync(stand.Mail, account.Email, ct);
        using var imap = await stand.Mail.ImapAsync(account.Email, ct);
        await raw.CommandAsync("SELECT INBOX", ct);
        var (inbox, archive) = (imap.Inbox!, await imap.GetFolderAsync("Archive", ct));
        await inbox.OpenAsync(FolderAccess.ReadOnly, ct);

        var hot = await Samples.InTurnAsync(1000, 500,
            _ => raw.CommandAsync($"FETCH {Last - 49}:{Last} {Fetch}", ct),
            _ => inbox.FetchAsync(Last - 50, Last - 1, Items, ct),
            _ => stand.GetAsync(account.List("INBOX"), ct));
        // What a first look costs a server that has been up for a while: compiled code, and nothing known of the page.
        for (var offset = 0; offset < Seeding.Archived; offset += 50) { await stand.GetAsync(account.List("Archive", offset), ct); }

        // A page of its own for each: the first to ask for one has Dovecot read it. A row has the mail's first words, so the floors ask for them too.
        var scrolled = await Samples.InTurnAsync(0, 60,
            round => raw.CommandAsync($"FETCH {Last - Page(round, 0) - 49}:{Last - Page(round, 0)} ({Fetched} PREVIEW)", ct),
            round => inbox.FetchAsync(Last - Page(round, 1) - 50, Last - Page(round, 1) - 1, Items | MessageSummaryItems.PreviewText, ct),
            round => stand.GetAsync(account.List("INBOX", Page(round, 2)), ct));
        var alternating = await Samples.InTurnAsync(40, 100,
            round => AlternateAsync(raw, round % 2 == 0, ct),
            round => AlternateAsync(round % 2 == 0 ? inbox : archive, ct),
            round => stand.GetAsync(account.List(round % 2 == 0 ? "INBOX" : "Archive"), ct));
        var rate = await RateAsync(() => stand.GetAsync(account.List("INBOX"), ct));
        return
        [
            Figure.Of("List 50 of 10,000, the same page again", hot, "raw", 0.5),
            Figure.Of("List 50 of 10,000, a page not seen before", scrolled, "MailKit", 1.2),
            Figure.Of("List 50, two mailboxes in turn", alternating, "raw", 0.5),
            new($"Lists a second, {Workers} at once, one account", $"{rate:0}/s", "", "", "≥ 5000/s", rate >= 5000),
        ];
    }

    private static int Page(int round, int kind) => 50 * (1 + 3 * round + kind);

    private static async Task AlternateAsync(RawImap raw, bool inbox, CancellationToken ct)
    {
        await raw.CommandAsync(inbox ? "SELECT INBOX" : "SELECT Archive", ct);
        await raw.CommandAsync($"FETCH {(inbox ? $"{Last - 49}:{Last}" : $"{Seeding.Archived - 49}:{Seeding.Archived}")} {Fetch}", ct);
    }

    private static async Task AlternateAsync(IMailFolder folder, CancellationToken ct)
    {
        await folder.OpenAsync(FolderAccess.ReadOnly, ct);
        await folder.FetchAsync(folder.Count - 50, folder.Count - 1, Items, ct);
    }

    private static async Task<double> RateAsync(Func<Task> list)
    {
        var (done, start) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            for (; Stopwatch.GetElapsedTime(start) < Span; Interlocked.Increment(ref done)) { await list(); }
        }));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
