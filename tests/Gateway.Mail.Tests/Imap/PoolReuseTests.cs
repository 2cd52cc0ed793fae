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
    public async Task A_mailbox_selected_for_this_lease_needs_no_NOOP()
    {
        await using var engine = Engine.WithImap();
        await using (var first = await engine.LeaseAsync()) { await first.RefreshAsync(); }

        await using (var second = await engine.LeaseAsync()) { await second.RefreshAsync(); }

        Assert.Equal(1, engine.ImapServer.Count("NOOP"));
    }
}
