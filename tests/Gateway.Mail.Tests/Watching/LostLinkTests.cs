using Gateway.Mail.Watching;

namespace Gateway.Mail.Tests.Watching;

public sealed class LostLinkTests
{
    [Fact]
    public async Task What_was_missed_while_the_link_was_down_is_told_exactly_once()
    {
        await using var watched = new Watched();
        for (var i = 0; i < 4; i++) { watched.Inbox.Add("Hello"); }

        await using var hold = await watched.IdleAsync();

        Drop(watched);
        await watched.UntilAsync(() => watched.Server.Open == 0);
        await watched.Inbox.ExpungeAsync(2);
        await watched.Inbox.FlagAsync(3, "\\Seen");
        watched.Inbox.Add("New");
        watched.Inbox.Add("Newer");
        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.IsIdling && watched.IsWatching);

        Assert.Equal([5, 6], watched.Sink.Created);
        Assert.Equal([2], watched.Sink.Vanished);
        Assert.Equal([3], watched.Sink.Changed.Select(c => c.Uid));
        await watched.Inbox.DeliverAsync("Newest");
        await watched.UntilAsync(() => watched.Sink.Created.Count() == 3);
        Assert.Equal([5, 6, 7], watched.Sink.Created);
    }

    [Fact]
    public async Task Nothing_is_told_twice_when_nothing_was_missed()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("Old");
        await using var hold = await watched.IdleAsync();
        await watched.Inbox.DeliverAsync("New");
        await watched.UntilAsync(() => watched.Sink.Created.Any() && watched.IsIdling);

        Drop(watched);
        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.IsIdling && watched.IsWatching && watched.Server.Logins == 2);

        Assert.Single(watched.Sink.Events);
    }

    [Fact]
    public async Task A_message_whose_fetch_broke_off_is_told_after_the_link_is_back()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        watched.Server.Once("UID FETCH", (session, _) =>
        {
            session.Connection.Drop();
            return Task.CompletedTask;
        });

        await watched.Inbox.DeliverAsync("Hello");
        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.Sink.Created.Any() && watched.IsIdling);

        Assert.Equal([1], watched.Sink.Created);
    }

    [Fact]
    public async Task An_event_that_could_not_be_written_down_is_told_again()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("Old");
        await using var hold = await watched.IdleAsync();
        var failures = 0;
        watched.Sink.Publishing = _ => failures++ < 2 ? throw new IOException("disk full") : Task.CompletedTask;

        watched.Inbox.Add("New");
        await watched.Inbox.ExpungeAsync(1);
        await watched.Engine.PassAsync(TimeSpan.FromSeconds(1), () => watched.Sink.Events.Count == 2);

        Assert.Equal([2], watched.Sink.Created);
        Assert.Equal([1], watched.Sink.Vanished);
    }

    [Fact]
    public async Task A_store_that_is_down_for_long_loses_no_event()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        var failures = 0;
        watched.Sink.Publishing = _ => failures++ < 30 ? throw new IOException("disk full") : Task.CompletedTask;

        await watched.Inbox.DeliverAsync("New");
        await watched.Engine.PassAsync(TimeSpan.FromSeconds(20), () => watched.Sink.Events.Count == 1);

        Assert.Equal([1], watched.Sink.Created);
    }

    [Fact]
    public async Task An_event_that_nothing_can_write_down_does_not_keep_the_next_from_being_told()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        var refused = new TaskCompletionSource();
        watched.Sink.Publishing = happened =>
        {
            if (happened is not MessagesCreated { Messages: [{ UniqueId.Id: 1 }] }) { return Task.CompletedTask; }

            refused.TrySetResult();
            throw new InvalidOperationException("never");
        };

        await watched.Inbox.DeliverAsync("Cannot be told");
        await refused.Task;
        await watched.Inbox.DeliverAsync("Can be");
        await watched.Engine.PassAsync(TimeSpan.FromSeconds(20), () => watched.Sink.Created.Contains(2u));

        Assert.DoesNotContain(1u, watched.Sink.Created);
    }

    [Fact]
    public async Task A_link_lost_while_what_was_missed_is_read_loses_nothing()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("Old");
        await using var hold = await watched.IdleAsync();
        Drop(watched);
        await watched.UntilAsync(() => watched.Server.Open == 0);
        watched.Inbox.Add("New");
        watched.Server.Once("UID FETCH", (session, _) =>
        {
            session.Connection.Drop();
            return Task.CompletedTask;
        });

        await watched.ReconnectAsync();
        await watched.Engine.Clock.UntilTimerAsync(due => due > TimeSpan.FromSeconds(1) && due <= TimeSpan.FromSeconds(2), 1, Engine.Ct);
        watched.Engine.Clock.Advance(TimeSpan.FromSeconds(2));
        await watched.UntilAsync(() => watched.Sink.Created.Any());

        Assert.Equal([2], watched.Sink.Created);
    }

    [Fact]
    public async Task Another_UIDVALIDITY_is_a_reset_and_old_messages_are_not_told_as_new()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("Old");
        await using var hold = await watched.IdleAsync();
        Drop(watched);
        await watched.UntilAsync(() => watched.Server.Open == 0);

        watched.Inbox.UidValidity = 8;
        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.IsIdling && watched.IsWatching);

        var reset = Assert.IsType<MailboxReset>(Assert.Single(watched.Sink.Events));
        Assert.Equal(8u, reset.UidValidity);
        await watched.Inbox.DeliverAsync("New");
        await watched.UntilAsync(() => watched.Sink.Created.Any());
        Assert.Equal([2], watched.Sink.Created);
    }

    [Fact]
    public async Task BYE_that_does_not_close_the_link_is_noticed()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();

        await watched.Server.Sessions.Single().WriteLineAsync("* BYE Restarting.");
        await watched.ReconnectAsync();

        await watched.UntilAsync(() => watched.Server.Logins == 2);
    }

    [Fact]
    public async Task A_server_that_drops_the_link_now_and_then_is_come_back_to_quickly_each_time()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();

        for (var losses = 1; losses <= 6; losses++)
        {
            await watched.UntilAsync(() => watched.IsIdling && watched.IsWatching);
            watched.Engine.Clock.Advance(TimeSpan.FromMinutes(2));
            Drop(watched);
            await watched.ReconnectAsync(losses);
            await watched.UntilAsync(() => watched.Server.Logins == losses + 1);
        }
    }

    [Fact]
    public async Task A_half_open_link_is_given_up_after_the_end_deadline()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        await watched.Engine.Clock.UntilTimerAsync(watched.WatchOptions.RenewAfter, 1, Engine.Ct);
        watched.Server.Sessions.Single().Connection.Freeze();
        watched.Inbox.Add("Missed");

        watched.Engine.Clock.Advance(watched.WatchOptions.RenewAfter);
        Assert.Equal(1, watched.Server.Logins);
        watched.Engine.Clock.Advance(watched.WatchOptions.EndDeadline);
        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.Sink.Created.Any());

        Assert.Equal([1], watched.Sink.Created);
    }

    [Fact]
    public async Task It_counts_as_watched_only_while_the_link_lives()
    {
        await using var watched = new Watched();
        Assert.False(watched.IsWatching);
        await using var hold = await watched.IdleAsync();
        Assert.True(watched.IsWatching);
        Assert.False(watched.Watchers.IsWatching(watched.Engine.Account, "Sent"));

        Drop(watched);
        await watched.UntilAsync(() => !watched.IsWatching);
        await watched.ReconnectAsync();

        await watched.UntilAsync(() => watched.IsWatching);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_tried_less_and_less_often()
    {
        await using var watched = new Watched();
        watched.Server.Greeting = "* BYE Closed.";
        await using var hold = watched.Hold();

        for (var wait = TimeSpan.FromSeconds(1); wait <= TimeSpan.FromSeconds(16); wait *= 2)
        {
            var longest = wait;
            await watched.Engine.Clock.UntilTimerAsync(due => due > longest * 0.5 && due <= longest, 1, Engine.Ct);
            watched.Engine.Clock.Advance(longest);
        }
    }

    [Fact]
    public async Task A_refused_password_is_tried_once_however_long_it_watches()
    {
        await using var watched = new Watched();
        watched.Server.Password = "another";
        await using var hold = watched.Hold();

        for (var wait = TimeSpan.FromSeconds(1); wait <= TimeSpan.FromSeconds(8); wait *= 2)
        {
            var longest = wait;
            await watched.Engine.Clock.UntilTimerAsync(due => due > longest * 0.5 && due <= longest, 1, Engine.Ct);
            watched.Engine.Clock.Advance(longest);
        }

        Assert.Equal(1, watched.Server.Logins);
    }

    private static void Drop(Watched watched)
    {
        foreach (var session in watched.Server.Sessions) { session.Connection.Drop(); }
    }
}
