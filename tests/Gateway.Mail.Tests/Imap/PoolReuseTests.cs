using Gateway.Mail.Imap;

namespace Gateway.Mail.Tests.Imap;

public sealed class PoolReuseTests
{
    [Fact]
    public async Task A_returned_session_serves_the_next_request()
    {
        await using var engine = Engine.WithImap();
        await engine.CountAsync();

        await engine.CountAsync();

        Assert.Equal(1, engine.ImapServer.Logins);
        Assert.Equal(1, engine.ImapServer.Count("EXAMINE"));
    }

    [Fact]
    public async Task The_session_that_has_the_mailbox_selected_is_preferred()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.AddMailbox("Sent");
        var inbox = await engine.LeaseAsync("INBOX");
        var sent = await engine.LeaseAsync("Sent");
        await sent.DisposeAsync();
        await inbox.DisposeAsync();

        await using (await engine.LeaseAsync("Sent")) { }

        await using (await engine.LeaseAsync("INBOX")) { }

        Assert.Equal(2, engine.ImapServer.Count("EXAMINE"));
    }

    [Fact]
    public async Task A_lease_for_no_mailbox_selects_none()
    {
        await using var engine = Engine.WithImap();

        await using var lease = await engine.LeaseAsync(path: null);

        Assert.Equal(0, engine.ImapServer.Count("EXAMINE"));
        Assert.Throws<InvalidOperationException>(() => lease.Folder);
    }

    [Fact]
    public async Task A_read_write_selection_also_serves_for_reading()
    {
        await using var engine = Engine.WithImap();
        await using (await engine.Imap.LeaseAsync(engine.Account, "INBOX", MailKit.FolderAccess.ReadWrite, Lane.Interactive, Engine.Ct)) { }

        await using (await engine.LeaseAsync()) { }

        Assert.Equal(1, engine.ImapServer.Count("SELECT"));
        Assert.Equal(0, engine.ImapServer.Count("EXAMINE"));
    }

    [Fact]
    public async Task A_lease_knows_what_came_since_the_mailbox_was_selected_and_asks_only_then()
    {
        await using var engine = Engine.WithImap();
        Assert.Equal(0, await engine.CountAsync());
        Assert.Equal(0, engine.ImapServer.Count("NOOP"));

        engine.ImapServer.Inbox.Add("Hello");

        Assert.Equal(1, await engine.CountAsync());
        Assert.Equal(1, engine.ImapServer.Count("NOOP"));
    }

    [Fact]
    public async Task A_lease_that_takes_the_mailbox_as_left_asks_nothing_until_it_is_told_to()
    {
        await using var engine = Engine.WithImap();
        Assert.Equal(0, await engine.CountAsync());
        engine.ImapServer.Inbox.Add("Hello");

        await using var lease = await engine.Imap.LeaseAsync(engine.Account, "INBOX", MailKit.FolderAccess.ReadOnly, Lane.Interactive, Engine.Ct, Freshness.AsLeft);

        Assert.Equal(0, lease.Folder.Count);
        Assert.Equal(0, engine.ImapServer.Count("NOOP"));
        await lease.RefreshAsync();
        Assert.Equal(1, lease.Folder.Count);
    }
}
