using Gateway.TestKit.Servers;

namespace Gateway.BrowserTests.Access;

/// <summary>An inbox in which every part of the list and the reader has something to show.</summary>
internal static class AccessMail
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    public static async Task DeliverAsync(MailServers servers, string address, CancellationToken ct)
    {
        string[] mails =
        [
            Lines("From: Ann Berg <ann@example.test>", $"To: {address}", "Subject: Boat trip", "Message-ID: <boat1@example.test>", "", "Saturday?"),
            Lines("From: Bo <bo@example.test>", $"To: {address}", "Subject: Re: Boat trip", "Message-ID: <boat2@example.test>", "In-Reply-To: <boat1@example.test>", "References: <boat1@example.test>", "", "Saturday it is", "", "> Saturday?"),
            Lines("From: Garden News <news@example.test>", $"To: {address}", "Cc: all@example.test", "Subject: Spring in the garden", "List-Unsubscribe: <mailto:leave@example.test>", "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8", "",
                "<h1 style=\"color: #2a6\">First buds</h1><p>Out at <a href=\"https://other.invalid/x\">garden.example.test</a></p><img src=\"https://tracker.invalid/p.gif\">"),
            Lines("From: Ann Berg <ann@example.test>", $"To: {address}", "Subject: Three files", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "",
                "--b", "Content-Type: text/plain", "", "See below", "",
                "--b", "Content-Type: text/plain; name=notes.txt", "Content-Disposition: attachment; filename=notes.txt", "", "not bold", "",
                "--b", "Content-Type: image/png; name=dot.png", "Content-Disposition: attachment; filename=dot.png", "Content-Transfer-Encoding: base64", "", Pixel, "", "--b--"),
            Lines("From: host@example.test", "Subject: Invitation", "MIME-Version: 1.0", "Content-Type: text/calendar; method=REQUEST; charset=utf-8", "",
                "BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:kick@example.test", "SUMMARY:Kick-off", "LOCATION:Room 5", "DTSTART:20300301T090000Z", "DTEND:20300301T100000Z",
                "ORGANIZER:mailto:host@example.test", $"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{address}", "END:VEVENT", "END:VCALENDAR"),
            Lines("From: =?utf-8?B?2YTZitmE2Yk=?= <layla@example.test>", $"To: {address}", "Subject: =?utf-8?B?2LTZg9ix2KfZiyDYudmE2Ykg2KfZhNmD2KrYp9io?=", "Content-Type: text/plain; charset=utf-8", "", "شكراً جزيلاً."),
        ];
        foreach (var mail in mails) { await servers.DeliverAsync(address, mail, ct); }
    }

    private static string Lines(params string[] lines) => string.Join("\r\n", [.. lines, ""]);
}
