using System.Text;
using System.Text.Json;
using Gateway.TestKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

/// <summary>What a message says beyond its text.</summary>
public sealed class MessageDetailsTests(RealServers servers)
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg+M9QDwADgQF/YwfFoAAAAABJRU5ErkJggg==";

    private const string Forwarded = $"""
        From: Ann <ann@example.test>
        To: Bob <bob@example.test>
        Subject: Fwd: plans
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=out

        --out
        Content-Type: text/plain

        See below.
        --out
        Content-Type: message/rfc822

        From: "Cy" <cy@example.test>
        To: ann@example.test
        Subject: =?utf-8?q?Pl=C3=A4ne?=
        Message-ID: <inner@example.test>
        References: <a@example.test> <b@example.test>
        Authentication-Results: example.test; dmarc=pass
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=in

        --in
        Content-Type: text/html; charset=utf-8

        <p>Inner</p><script>alert(1)</script><img src="cid:dot">
        --in
        Content-Type: image/png; name=dot.png
        Content-ID: <dot>
        Content-Disposition: inline
        Content-Transfer-Encoding: base64

        {Png}
        --in
        Content-Type: message/rfc822

        From: deep@example.test
        Subject: Deepest

        The bottom.
        --in--

        --out--
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attached_message_opens_in_place_and_so_do_those_within()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync(Forwarded, Ct);

        var outer = (await user.GetAsync($"messages/{id}", Ct)).Json;
        var part = outer.GetProperty("attachments").EnumerateArray().Single(a => Text(a, "contentType") == "message/rfc822");
        var inner = (await user.GetAsync($"messages/{id}/attachments/{Text(part, "partId")}/message", Ct)).Json;
        var deep = inner.GetProperty("attachments").EnumerateArray().Single(a => Text(a, "contentType") == "message/rfc822");
        var deepest = (await user.GetAsync($"messages/{id}/attachments/{Text(deep, "partId")}/message", Ct)).Json;

        Assert.Equal(("Pläne", "inner@example.test"), (Text(inner, "subject"), Text(inner, "messageIdHeader")));
        Assert.Equal(["a@example.test", "b@example.test"], inner.GetProperty("references").EnumerateArray().Select(r => r.GetString()));
        Assert.Contains("<p>Inner</p>", Text(inner, "html"), StringComparison.Ordinal);
        Assert.DoesNotContain("script", Text(inner, "html"), StringComparison.Ordinal);
        Assert.Equal(("Deepest", "The bottom."), (Text(deepest, "subject"), Text(deepest, "text")!.Trim()));

        var picture = inner.GetProperty("attachments").EnumerateArray().Single(a => Text(a, "contentType") == "image/png");
        Assert.Contains($"/attachments/{Text(picture, "partId")}\"", Text(inner, "html"), StringComparison.Ordinal);
        Assert.Equal(Convert.FromBase64String(Png), (await user.GetAsync($"messages/{id}/attachments/{Text(picture, "partId")}", Ct)).Bytes);
        Assert.Equal((404, "part-not-found"), (await user.GetAsync($"messages/{id}/attachments/1/message", Ct)).Problem);
        Assert.Equal((404, "part-not-found"), (await user.GetAsync($"messages/{id}/attachments/9.9/message", Ct)).Problem);
    }

    [Fact]
    public async Task Images_kept_in_parts_are_in_the_page()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync($"""
            From: ann@example.test
            Subject: Picture
            MIME-Version: 1.0
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <img src="cid:dot" alt="Dot"><img src="cid:none">
            --b
            Content-Type: image/png
            Content-ID: <dot>
            Content-Transfer-Encoding: base64

            {Png}
            --b--
            """, Ct);

        var page = Encoding.UTF8.GetString((await user.GetAsync($"messages/{id}/html", Ct)).Bytes);

        Assert.Contains($"src=\"data:image/png;base64,{Png}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/accounts", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_header_tells_who_checked_the_sender_how_to_leave_and_who_asks_for_a_receipt()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync($"""
            Authentication-Results: mx.{user.Address.Split('@')[1]}; dmarc=pass header.from=shop.example; spf=fail smtp.mailfrom=shop.example
            From: Shop <news@shop.example>
            Subject: News
            List-Unsubscribe: <mailto:off@shop.example>, <https://shop.example/off>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            Disposition-Notification-To: "Shop" <read@shop.example>
            X-Long: a
              folded =?utf-8?q?gr=C3=BCn?=

            Text
            """, Ct);

        var message = (await user.GetAsync($"messages/{id}", Ct)).Json;
        var headers = (await user.GetAsync($"messages/{id}/headers", Ct)).Json.GetProperty("headers").EnumerateArray().ToList();

        var checks = message.GetProperty("authentication");
        Assert.Equal(("pass", "fail"), (Text(checks.GetProperty("dmarc"), "result"), Text(checks.GetProperty("spf"), "result")));
        Assert.Equal(("https://shop.example/off", true), (Text(message.GetProperty("unsubscribe"), "url"), message.GetProperty("unsubscribe").GetProperty("oneClick").GetBoolean()));
        Assert.Equal("read@shop.example", Text(message.GetProperty("readReceiptTo")[0], "address"));
        Assert.Equal("a  folded grün", Text(headers.Single(h => Text(h, "name") == "X-Long"), "value"));
    }

    [Fact]
    public async Task An_invitation_and_a_winmail_dat_are_looked_into()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var tnef = Convert.ToBase64String(WinmailDat.With(("inside.txt", "hidden"u8.ToArray())));
        var id = await user.DeliverAndFindAsync($"""
            From: ann@example.test
            Subject: Lunch
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Come.
            --b
            Content-Type: text/calendar; method=REQUEST; charset=utf-8

            BEGIN:VCALENDAR
            VERSION:2.0
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:1@example.test
            DTSTART:20260701T100000Z
            SUMMARY:Lunch
            END:VEVENT
            END:VCALENDAR
            --b
            Content-Type: application/ms-tnef; name=winmail.dat
            Content-Transfer-Encoding: base64

            {tnef}
            --b--
            """, Ct);

        var message = (await user.GetAsync($"messages/{id}", Ct)).Json;

        var event_ = message.GetProperty("calendar");
        Assert.Equal(("request", "Lunch", "2026-07-01T10:00:00.000Z", "2"), (Text(event_, "method"), Text(event_, "summary"), Text(event_, "start"), Text(event_, "partId")));
        var inside = message.GetProperty("attachments").EnumerateArray().Single(a => a.TryGetProperty("fileName", out var name) && name.GetString() == "inside.txt");
        Assert.Equal("hidden"u8.ToArray(), (await user.GetAsync($"messages/{id}/attachments/{Text(inside, "partId")}", Ct)).Bytes);
        Assert.Equal((404, "part-not-found"), (await user.GetAsync($"messages/{id}/attachments/3.w9", Ct)).Problem);
    }

    [Fact]
    public async Task A_bounce_tells_whom_it_is_about()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("""
            From: MAILER-DAEMON@example.test
            Subject: Undelivered
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            It did not work.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.example.test

            Final-Recipient: rfc822; nobody@far.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 no such user

            --b
            Content-Type: text/rfc822-headers

            From: me@example.test
            Message-ID: <sent@example.test>

            --b--
            """, Ct);

        var report = (await user.GetAsync($"messages/{id}", Ct)).Json.GetProperty("deliveryReport");

        Assert.Equal("sent@example.test", Text(report, "originalMessageIdHeader"));
        Assert.Equal(("nobody@far.example", "failed", "5.1.1"), (Text(report.GetProperty("recipients")[0], "address"), Text(report.GetProperty("recipients")[0], "action"), Text(report.GetProperty("recipients")[0], "status")));
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
