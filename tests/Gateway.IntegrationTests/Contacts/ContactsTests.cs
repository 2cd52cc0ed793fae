using System.Text.Json;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Contacts;

public sealed class ContactsTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whom_the_account_wrote_to_and_heard_from_is_found_by_what_is_typed()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverAsync("From: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <jm@firma.test>\nSubject: x\n\ny\n", Ct);
        await user.DeliverAsync("From: noreply@shop.test\nSubject: x\n\ny\n", Ct);
        using (var imap = await user.OpenInboxAsync(Ct))
        {
            var sent = new MimeMessage { Subject = "x", Body = new TextPart("plain") { Text = "y" } };
            sent.To.Add(new MailboxAddress("Ann Berg", "ann@example.test"));
            sent.Bcc.Add(new MailboxAddress("", "secret@example.test"));
            await (await imap.GetFolderAsync("Sent", Ct)).AppendAsync(new AppendRequest(sent), Ct);
        }

        Assert.Equal(["ann@example.test", "secret@example.test", "jm@firma.test"], await FoundAsync(user, ""));
        Assert.Equal(["jm@firma.test"], await FoundAsync(user, "?prefix=MULL"));
        Assert.Equal(["ann@example.test"], await FoundAsync(user, "?prefix=ber"));
        Assert.Equal(["ann@example.test"], await FoundAsync(user, "?prefix=example&limit=1"));
        Assert.Empty(await FoundAsync(user, "?prefix=nobody"));
    }

    [Fact]
    public async Task An_account_without_mail_has_no_contacts_and_one_that_is_gone_is_not_found()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        Assert.Empty(await FoundAsync(user, ""));

        await Answer.SendAsync(servers.Http, HttpMethod.Delete, $"/v1/accounts/{user.Account}", null, Ct);

        Assert.Equal((404, "account-not-found"), (await user.GetAsync("contacts", Ct)).Problem);
    }

    private static async Task<IEnumerable<string?>> FoundAsync(ServedUser user, string query) =>
        (await user.GetAsync($"contacts{query}", Ct)).Json.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("address").GetString()).ToList();
}
