using Gateway.TestKit.Servers;
using MailKit;

namespace Gateway.Benchmarks;

/// <summary>The mailboxes that are measured on.</summary>
internal static class Seeding
{
    /// <summary>Its inbox holds 10,000 messages, Archive 9,000 of them and Thirty 2,000 of 30 KB.</summary>
    public const string Big = "big001@example.test";

    public const int Messages = 10_000;
    public const int Archived = 9_000;
    public const int Thirties = 2000;

    public static async Task SeedAsync(MailServers mail, CancellationToken ct)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "servers", "seed.py");
        string[] arguments = [script, "--root", mail.Root, "--prefix", "big", "--domain", "example.test", "--messages", $"{Messages}"];
        await Tool.RunAsync("python3", arguments, new Dictionary<string, string>(), ct);

        using var imap = await mail.ImapAsync(Big, ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, ct);
        await imap.Inbox.CopyToAsync([.. Enumerable.Range(0, Archived)], await imap.GetFolderAsync("Archive", ct), ct);
        var thirty = await imap.GetFolder(imap.PersonalNamespaces[0]).CreateAsync("Thirty", true, ct)
            ?? throw new InvalidOperationException("the server made no mailbox");
        for (var copy = 0; copy < Thirties; copy++) { await imap.Inbox.CopyToAsync(Messages - 1, thirty, ct); }
    }
}
