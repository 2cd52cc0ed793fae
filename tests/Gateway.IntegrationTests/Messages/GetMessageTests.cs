using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class GetMessageTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_comes_with_its_headers_and_both_spellings_of_its_text()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync(SampleMail.Raw, Ct);

        var message = (await user.GetAsync($"messages/{id}", Ct)).Json;

        Assert.Equal("Everything", message.GetProperty("subject").GetString());
        Assert.Equal("cy@example.test", message.GetProperty("cc")[0].GetProperty("address").GetString());
        Assert.Equal("desk@example.test", message.GetProperty("replyTo")[0].GetProperty("address").GetString());
        Assert.Equal("every@example.test", message.GetProperty("messageIdHeader").GetString());
        Assert.Equal("before@example.test", message.GetProperty("inReplyTo").GetString());
        Assert.Equal(["root@example.test", "before@example.test"], message.GetProperty("references").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("Café at noon", message.GetProperty("text").GetString()!.Trim());
        var html = message.GetProperty("html").GetString()!;
        Assert.Contains("<b>noon</b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" src=\"https://", html, StringComparison.Ordinal);
        Assert.True(message.GetProperty("hasAttachments").GetBoolean());
        Assert.Empty(message.GetProperty("defects").EnumerateArray());
    }

    [Fact]
    public async Task Attachments_and_images_within_the_text_are_served_as_they_were_sent()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync(SampleMail.Raw, Ct);
        var message = (await user.GetAsync($"messages/{id}", Ct)).Json;

        var parts = message.GetProperty("attachments").EnumerateArray().ToDictionary(a => a.GetProperty("disposition").GetString()!);
        var image = parts["inline"].GetProperty("partId").GetString();
        var file = parts["attachment"].GetProperty("partId").GetString();

        Assert.Equal("logo", parts["inline"].GetProperty("contentId").GetString());
        Assert.Equal("отчёт.bin", parts["attachment"].GetProperty("fileName").GetString());
        Assert.Contains($"/v1/accounts/{user.Account}/messages/{id}/attachments/{image}", message.GetProperty("html").GetString(), StringComparison.Ordinal);
        var picture = await user.GetAsync($"messages/{id}/attachments/{image}", Ct);
        Assert.Equal(SampleMail.Png, picture.Bytes);
        Assert.Equal("image/png", picture.Headers.ContentType!.MediaType);
        var download = await user.GetAsync($"messages/{id}/attachments/{file}", Ct);
        Assert.Equal(SampleMail.File, download.Bytes);
        Assert.Equal("отчёт.bin", download.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal((404, "part-not-found"), (await user.GetAsync($"messages/{id}/attachments/9.9", Ct)).Problem);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "8bit", "Only the text, ü")]
    [InlineData("text/plain; charset=utf-8", "base64", "T25seSB0aGUgdGV4dCwgw7w=")]
    [InlineData("text/html; charset=utf-8", "8bit", "<p>Only the text, ü</p>")]
    public async Task A_mail_of_one_part_shows_that_part_and_not_its_header(string type, string encoding, string body)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync($"Subject: Simple\nMIME-Version: 1.0\nContent-Type: {type}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n", Ct);

        var message = (await user.GetAsync($"messages/{id}", Ct)).Json;
        var part = await user.GetAsync($"messages/{id}/attachments/1", Ct);

        Assert.Equal("Only the text, ü", message.GetProperty("text").GetString()!.Trim());
        Assert.Contains("Only the text, ü", System.Text.Encoding.UTF8.GetString(part.Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("Subject", System.Text.Encoding.UTF8.GetString(part.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_marks_as_seen_only_when_asked_to()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Seen?\n\nText\n", Ct);
        using var imap = await user.OpenInboxAsync(Ct);

        await user.GetAsync($"messages/{id}", Ct);
        var before = (await imap.Inbox!.FetchAsync(0, 0, MessageSummaryItems.Flags, Ct))[0].Flags!.Value;
        var answer = await user.GetAsync($"messages/{id}?markSeen=true", Ct);
        var after = (await imap.Inbox.FetchAsync(0, 0, MessageSummaryItems.Flags, Ct))[0].Flags!.Value;

        Assert.False(before.HasFlag(MessageFlags.Seen));
        Assert.True(after.HasFlag(MessageFlags.Seen));
        Assert.Contains("seen", answer.Json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
    }

    [Fact]
    public async Task A_message_expunged_by_another_program_is_gone_and_one_that_never_was_is_not_found()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Short life\n\nText\n", Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        await imap.Inbox!.AddFlagsAsync(0, MessageFlags.Deleted, silent: true, Ct);
        await imap.Inbox.ExpungeAsync(Ct);

        Assert.Equal((410, "message-gone"), (await user.GetAsync($"messages/{id}", Ct)).Problem);
        Assert.Equal((404, "message-not-found"), (await user.GetAsync($"messages/{new Gateway.Mail.MessageKey(new(987_654), 1)}", Ct)).Problem);
    }
}
