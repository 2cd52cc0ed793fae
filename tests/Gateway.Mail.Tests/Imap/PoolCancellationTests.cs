using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Mail.Tests.Imap;

public sealed class PoolCancellationTests
{
    [Fact]
    public async Task A_caller_who_goes_away_while_a_session_opens_leaves_the_login_to_the_next()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 1; // so that the next waits for it instead of opening another
        var signIn = new TaskCompletionSource();
        engine.ImapServer.On("AUTHENTICATE", async (session, command) =>
        {
            await signIn.Task;
            await session.AnswerAsync(command);
        });
        using var cancel = new CancellationTokenSource();
        var gone = engine.LeaseAsync(ct: cancel.Token).AsTask();
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Count("AUTHENTICATE") == 1, Engine.Ct);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        signIn.SetResult();
        await engine.CountAsync();

        Assert.Equal(1, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_thousand_aborted_requests_cost_no_more_logins_than_the_budget()
    {
        await using var engine = Engine.WithImap();

        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Engine.Ct }, async (i, _) =>
        {
            using var cancel = new CancellationTokenSource();
            var request = engine.Imap.RunAsync(engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive, async lease =>
            {
                if (i % 2 == 0) { await cancel.CancelAsync(); }

                return await lease.Folder.FetchAsync(0, -1, MessageSummaryItems.UniqueId, lease.CommandToken);
            }, cancel.Token);
            await cancel.CancelAsync();
            try { await request; }
            catch (OperationCanceledException)
            {
                // Each of them was aborted somewhere.
            }
        });
        await engine.CountAsync();

        Assert.InRange(engine.ImapServer.Logins, 1, engine.ImapOptions.MaxSessionsPerAccount);
    }

    [Fact]
    public async Task An_aborted_request_is_a_cancellation_and_no_fault()
    {
        await using var engine = Engine.WithImap();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.LeaseAsync(ct: cancel.Token).AsTask());
    }

    [Fact]
    public async Task A_command_over_its_deadline_times_out_and_its_session_is_given_up()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.On("UID FETCH", (_, _) => Task.CompletedTask);
        engine.ImapServer.Inbox.Add("Hello");
        var fetching = engine.Imap.RunAsync(
            engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([new UniqueId(1)], MessageSummaryItems.Flags, lease.CommandToken), Engine.Ct);
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Count("UID FETCH") == 1, Engine.Ct);

        engine.Clock.Advance(engine.ImapOptions.CommandTimeout);

        Assert.Equal(MailFault.TimedOut, (await Assert.ThrowsAsync<MailException>(() => fetching)).Fault);
        await engine.CountAsync();
        Assert.Equal(2, engine.ImapServer.Logins);
    }

    [Fact]
    public async Task A_server_that_sends_a_byte_now_and_then_is_held_to_the_deadline_all_the_same()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.On("UID FETCH", (session, _) => session.Connection.WriteAsync("* 1 FETCH (UID 1 BODY[] {100000}\r\n"));
        var fetching = engine.Imap.RunAsync(
            engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.GetStreamAsync(new UniqueId(1), "", 0, 100_000, lease.CommandToken), Engine.Ct);
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Count("UID FETCH") == 1, Engine.Ct);
        var session = engine.ImapServer.Sessions.Single();

        for (var dripped = TimeSpan.Zero; dripped <= engine.ImapOptions.CommandTimeout; dripped += TimeSpan.FromSeconds(1))
        {
            try { await session.Connection.WriteAsync("x"); }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException) { break; } // the client has hung up

            engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(MailFault.TimedOut, (await Assert.ThrowsAsync<MailException>(() => fetching)).Fault);
    }

    [Fact]
    public async Task A_select_over_its_deadline_times_out_and_its_session_is_given_up()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Once("EXAMINE", (_, _) => Task.CompletedTask);
        var leasing = engine.LeaseAsync().AsTask();
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Count("EXAMINE") == 1, Engine.Ct);

        engine.Clock.Advance(engine.ImapOptions.CommandTimeout);

        Assert.Equal(MailFault.TimedOut, (await Assert.ThrowsAsync<MailException>(() => leasing)).Fault);
        await engine.CountAsync();
        Assert.Equal(2, engine.ImapServer.Logins);
    }
}
