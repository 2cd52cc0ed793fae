using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Mail.Tests.Imap;

public sealed class ServerAnswerTests
{
    [Theory]
    [InlineData("[OVERQUOTA] Full.", MailFault.OverQuota)]
    [InlineData("Quota exceeded (mailbox for user is full)", MailFault.OverQuota)]
    [InlineData("[LIMIT] Too much.", MailFault.Throttled)]
    [InlineData("[THROTTLED] Too fast.", MailFault.Throttled)]
    [InlineData("[UNAVAILABLE] Backend down.", MailFault.Throttled)]
    [InlineData("[NONEXISTENT] No such mailbox.", MailFault.MailboxGone)]
    [InlineData("[TRYCREATE] No such mailbox.", MailFault.MailboxGone)]
    [InlineData("[CANNOT] Never.", MailFault.Rejected)]
    public async Task The_response_code_of_a_NO_decides_the_fault(string words, MailFault expected)
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.On("UID FETCH", (session, command) => session.NoAsync(command, words));

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.Imap.RunAsync(
            engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([new UniqueId(1)], MessageSummaryItems.Flags, lease.CommandToken), Engine.Ct));

        Assert.Equal(expected, fault.Fault);
    }

    [Theory]
    [InlineData("[LIMIT] Too much.", MailFault.Throttled)]
    [InlineData("[UNAVAILABLE] Backend down.", MailFault.Throttled)]
    [InlineData("[NOPERM] Not yours.", MailFault.MailboxGone)]
    public async Task A_busy_server_does_not_make_a_mailbox_gone(string words, MailFault expected)
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.On("EXAMINE", (session, command) => session.NoAsync(command, words));

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.LeaseAsync().AsTask());

        Assert.Equal(expected, fault.Fault);
    }

    [Fact]
    public async Task A_server_that_makes_no_sense_is_a_fault_of_the_server()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.On("UID FETCH", (session, command) => session.WriteLineAsync("* 1 FETCH (UID )\r\n* 99 EXPUNGE\r\n)(\r\n" + command.Tag + " OK"));

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.Imap.RunAsync(
            engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([new UniqueId(1)], MessageSummaryItems.Flags, lease.CommandToken), Engine.Ct));

        Assert.Equal(MailFault.Protocol, fault.Fault);
    }

    [Theory]
    [InlineData("* 4294967295 EXISTS")]
    [InlineData("* 99 EXPUNGE")]
    [InlineData("* 1 FETCH (UID 1 BODY[] NIL)")]
    [InlineData("* 1 FETCH (UID 1 MODSEQ (-1))")]
    [InlineData("* 1 FETCH (UID 1 BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 9.3736e+06 1))")]
    [InlineData("* 1 FETCH (UID 1 ENVELOPE NIL)")]
    [InlineData("* SEARCH 4294967296 -1")]
    [InlineData("* OK [HIGHESTMODSEQ -1] Never.")]
    [InlineData("* LIST () NIL \"\"")]
    public async Task Nothing_a_server_says_unasked_is_more_than_a_fault_of_that_server(string line)
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.On("UID FETCH", async (session, command) =>
        {
            await session.WriteLineAsync(line);
            await session.AnswerAsync(command);
        });

        var asking = engine.Imap.RunAsync(
            engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([new UniqueId(1)], MessageSummaryItems.All | MessageSummaryItems.BodyStructure, lease.CommandToken), Engine.Ct);
        try { await asking; }
        catch (MailException told) { Assert.Equal(MailFault.Protocol, told.Fault); }

        engine.ImapServer.Happily("UID FETCH");
        Assert.Equal(1, await engine.CountAsync());
    }

    [Theory]
    [InlineData("* OK [UIDNEXT 0] Unknown.")]
    [InlineData("* FLAGS ()")]
    public async Task A_mailbox_is_opened_whatever_is_told_beside_it(string line)
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.On("EXAMINE", async (session, command) =>
        {
            await session.WriteLineAsync(line);
            await session.AnswerAsync(command);
        });

        Assert.Equal(1, await engine.CountAsync());
    }
}
