using Gateway.TestKit.Servers;

namespace Gateway.BrowserTests.Screens;

/// <summary>The mailboxes in the pictures: those of <c>./run</c>, and a second one beside.</summary>
internal static class DemoMailbox
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "servers", "demo", "seed.py");

    private static readonly (string From, string Subject, string Text)[] Studio =
    [
        ("Harbour Print <desk@harbourprint.example>", "Proofs are on the way", "Three sheets, matt and heavy. The courier has them."),
        ("Ada Brandt <ada@brandt.example>", "Re: Window lettering", "Gold leaf, then. I knew you would say that."),
        ("Rooms to Let <post@roomstolet.example>", "Viewing on Tuesday", "The studio above the bakery: north light, and bread from five."),
        ("Ines Koch <ines@koch.example>", "Paper samples", "Twelve whites. I have marked the one that is not."),
    ];

    /// <summary>Fills a mailbox that nobody has signed in to yet.</summary>
    public static Task FillAsync(MailServers mail, string address, CancellationToken ct) =>
        Tool.RunAsync("python3", [Script, address], new Dictionary<string, string> { ["ROOT"] = mail.Root }, ct);

    /// <inheritdoc cref="FillAsync"/>
    public static async Task FillSecondAsync(MailServers mail, string address, CancellationToken ct)
    {
        foreach (var (from, subject, text) in Studio)
        {
            await mail.DeliverAsync(address, $"From: {from}\r\nTo: {address}\r\nSubject: {subject}\r\nDate: {DateTimeOffset.UtcNow:R}\r\n\r\n{text}\r\n", ct);
        }
    }
}
