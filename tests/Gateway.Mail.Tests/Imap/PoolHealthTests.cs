using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Mail.Tests.Imap;

public sealed class PoolHealthTests
{
    [Fact]
    public async Task Idle_sessions_are_pruned_to_one_and_later_to_none()
    {
        await using var engine = Engine.WithImap();
        var leases = new[] { await engine.LeaseAsync(), await engine.LeaseAsync(), await engine.LeaseAsync() };
        foreach (var lease in leases) { await lease.DisposeAsync(); }

        engine.Clock.Advance(engine.ImapOptions.PruneAfter);
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 1, Engine.Ct);
        engine.Clock.Advance(engine.ImapOptions.CloseAfter);
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 0, Engine.Ct);

        Assert.Equal(3, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_session_idle_for_long_is_proved_before_it_is_used()
    {
        await using var engine = Engine.WithImap();
        await using (await engine.LeaseAsync(path: null)) { }

        engine.Clock.Advance(engine.ImapOptions.ProveAfter + TimeSpan.FromSeconds(1));
        await using (await engine.LeaseAsync(path: null)) { }

        Assert.Equal(1, engine.ImapServer.Count("NOOP"));
        Assert.Equal(1, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_session_used_lately_is_not_proved()
    {
        await using var engine = Engine.WithImap();
        await using (await engine.LeaseAsync(path: null)) { }

        await using (await engine.LeaseAsync(path: null)) { }

        Assert.Equal(0, engine.ImapServer.Count("NOOP"));
    }

    [Fact]
    public async Task A_session_that_died_in_the_pool_is_replaced_and_the_work_done_on_a_fresh_one()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        await engine.CountAsync();
        foreach (var session in engine.ImapServer.Sessions) { session.Connection.Drop(); }

        var count = await engine.CountAsync();

        Assert.Equal(1, count);
        Assert.Equal(2, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_session_that_hangs_in_the_pool_is_replaced_after_the_proof_deadline()
    {
        await using var engine = Engine.WithImap();
        await engine.CountAsync();
        foreach (var session in engine.ImapServer.Sessions) { session.Connection.Freeze(); }

        engine.Clock.Advance(engine.ImapOptions.ProveAfter + TimeSpan.FromSeconds(1));
        var counting = engine.CountAsync();
        await engine.Clock.UntilTimerAsync(TimeSpan.FromSeconds(5), 1, Engine.Ct);
        engine.Clock.Advance(TimeSpan.FromSeconds(5));
        await counting;

        Assert.Equal(2, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task Several_dead_sessions_are_all_passed_over()
    {
        await using var engine = Engine.WithImap();
        var leases = new[] { await engine.LeaseAsync(), await engine.LeaseAsync(), await engine.LeaseAsync() };
        foreach (var lease in leases) { await lease.DisposeAsync(); }

        foreach (var session in engine.ImapServer.Sessions) { session.Connection.Drop(); }

        await engine.CountAsync();

        Assert.Equal(4, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_link_lost_in_mid_command_has_the_work_done_once_more()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.Once("UID FETCH", async (session, _) =>
        {
            await session.WriteLineAsync("* 1 FETCH (UID 1 FLA");
            session.Connection.Drop();
        });

        var found = await FetchAsync(engine);

        Assert.Single(found);
        Assert.Equal(2, engine.ImapServer.Count("UID FETCH"));
    }

    [Fact]
    public async Task A_store_that_fails_in_the_midst_of_the_work_is_not_blamed_on_the_server()
    {
        await using var engine = Engine.WithImap();
        var full = new InvalidOperationException("could not be saved", new StoreException());

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            engine.Imap.RunAsync<int>(engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive, _ => throw full, Engine.Ct));

        Assert.Same(full, thrown);
    }

    [Fact]
    public async Task A_literal_cut_short_has_the_work_done_once_more()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.Once("UID FETCH", async (session, _) =>
        {
            await session.WriteLineAsync("* 1 FETCH (UID 1 BODY[] {100}\r\nFrom: a");
            session.Connection.Drop();
        });

        Assert.Single(await FetchAsync(engine));
    }

    [Fact]
    public async Task Work_whose_link_is_lost_again_fails_after_the_second_try()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.On("UID FETCH", (session, _) =>
        {
            session.Connection.Drop();
            return Task.CompletedTask;
        });

        var fault = await Assert.ThrowsAsync<MailException>(() => FetchAsync(engine));

        Assert.Equal(MailFault.Protocol, fault.Fault);
        Assert.Equal(2, engine.ImapServer.Count("UID FETCH"));
    }

    [Fact]
    public async Task A_link_lost_during_select_is_replaced()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Once("EXAMINE", (session, _) =>
        {
            session.Connection.Drop();
            return Task.CompletedTask;
        });

        await using var lease = await engine.LeaseAsync();

        Assert.Equal(2, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task BYE_to_a_command_has_the_work_done_on_a_fresh_session()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.Once("UID FETCH", async (session, _) =>
        {
            await session.WriteLineAsync("* BYE Restarting.");
            session.Connection.Drop();
        });

        Assert.Single(await FetchAsync(engine));
    }

    [Fact]
    public async Task A_NO_is_an_answer_and_not_asked_for_twice()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.On("UID FETCH", (session, command) => session.NoAsync(command, "Not\ttoday."));

        var fault = await Assert.ThrowsAsync<MailException>(() => FetchAsync(engine));

        Assert.Equal((MailFault.Rejected, "Not today."), (fault.Fault, fault.ServerText));
        Assert.Equal(1, engine.ImapServer.Count("UID FETCH"));
        Assert.Equal(1, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task Work_that_must_not_be_repeated_is_not()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.On("UID FETCH", (session, _) =>
        {
            session.Connection.Drop();
            return Task.CompletedTask;
        });

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.Imap.RunOnceAsync(
            engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([new UniqueId(1)], MessageSummaryItems.Flags, lease.CommandToken), Engine.Ct));

        Assert.Equal(MailFault.Protocol, fault.Fault);
        Assert.Equal(1, engine.ImapServer.Count("UID FETCH"));
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_selected_is_gone_and_the_session_stays()
    {
        await using var engine = Engine.WithImap();

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.LeaseAsync("Nowhere").AsTask());

        Assert.Equal(MailFault.MailboxGone, fault.Fault);
        await engine.CountAsync();
        Assert.Equal(1, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task Forgotten_sessions_are_closed_at_once_when_idle_and_at_return_when_leased()
    {
        await using var engine = Engine.WithImap();
        var leased = await engine.LeaseAsync();
        await using (await engine.LeaseAsync()) { }

        await engine.Imap.ForgetAsync(engine.Account);
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 1, Engine.Ct);
        Assert.True(leased.Forgotten.IsCancellationRequested);
        await leased.DisposeAsync();
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Open == 0, Engine.Ct);
        await engine.CountAsync();

        Assert.Equal(3, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_waiter_gets_a_fresh_session_when_the_one_it_waits_for_was_forgotten()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        var leased = await engine.LeaseAsync();
        var waiting = engine.LeaseAsync().AsTask();

        await engine.Imap.ForgetAsync(engine.Account);
        await leased.DisposeAsync();
        await (await waiting).DisposeAsync();

        Assert.Equal(2, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_message_of_an_older_UIDVALIDITY_is_gone()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        await using var lease = await engine.LeaseAsync();

        Assert.Equal(1u, lease.Uid(new("INBOX", 7, 1)).Id);
        Assert.Equal(MailFault.MessageGone, Assert.Throws<MailException>(() => lease.Uid(new("INBOX", 6, 1))).Fault);
    }

    [Fact]
    public async Task A_UIDVALIDITY_that_changes_between_two_selects_is_noticed()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.AddMailbox("Sent");
        engine.ImapOptions.MaxSessionsPerAccount = 1;
        await using (await engine.LeaseAsync()) { }

        engine.ImapServer.Inbox.UidValidity = 8;
        await using (await engine.LeaseAsync("Sent")) { }

        await using var lease = await engine.LeaseAsync();
        Assert.Equal(MailFault.MessageGone, Assert.Throws<MailException>(() => lease.Uid(new("INBOX", 7, 1))).Fault);
    }

    private static Task<IList<IMessageSummary>> FetchAsync(Engine engine) => engine.Imap.RunAsync(
        engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
        lease => lease.Folder.FetchAsync([new UniqueId(1)], MessageSummaryItems.UniqueId | MessageSummaryItems.Flags, lease.CommandToken), Engine.Ct);

    private sealed class StoreException : System.Data.Common.DbException;
}
