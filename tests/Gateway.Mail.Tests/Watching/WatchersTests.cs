namespace Gateway.Mail.Tests.Watching;

public sealed class WatchersTests
{
    [Fact]
    public async Task An_account_is_watched_once_however_many_hold_it_until_the_last_has_left_and_a_little_longer()
    {
        await using var watched = new Watched();
        var first = await watched.IdleAsync();
        var second = watched.Hold();

        await first.DisposeAsync();
        await first.DisposeAsync();
        watched.Engine.Clock.Advance(watched.WatchOptions.Linger);
        Assert.True(watched.IsWatching);

        await second.DisposeAsync();
        watched.Engine.Clock.Advance(watched.WatchOptions.Linger - TimeSpan.FromSeconds(1));
        Assert.True(watched.IsWatching);

        watched.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(watched.IsWatching);
        Assert.Equal(1, watched.Server.Count("IDLE"));
    }

    [Fact]
    public async Task What_came_while_nobody_watched_is_told_when_somebody_does_again()
    {
        await using var watched = new Watched();
        foreach (var subject in new[] { "One", "Two", "Three" }) { watched.Inbox.Add(subject); }

        watched.Sink.Told[("INBOX", watched.Inbox.UidValidity)] = new(0, 0, 1, [1], [0]);
        await using var hold = await watched.IdleAsync();
        await watched.UntilAsync(() => watched.Sink.Events.Count > 0);

        Assert.Equal([2, 3], watched.Sink.Created);
    }

    [Fact]
    public async Task What_was_there_before_anybody_watched_is_not_told()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("Old");

        await using var hold = await watched.IdleAsync();

        Assert.Empty(watched.Sink.Events);
        Assert.Equal([1u], watched.Sink.Told[("INBOX", watched.Inbox.UidValidity)].Uids);
    }

    [Fact]
    public async Task Who_comes_back_in_time_finds_it_still_watched()
    {
        await using var watched = new Watched();
        await (await watched.IdleAsync()).DisposeAsync();
        watched.Engine.Clock.Advance(watched.WatchOptions.Linger / 2);

        await using var again = watched.Hold();
        watched.Engine.Clock.Advance(watched.WatchOptions.Linger);

        Assert.True(watched.IsWatching);
        Assert.Equal(1, watched.Server.Logins);
    }

    [Fact]
    public async Task The_session_goes_back_to_the_pool_when_nobody_holds_it_any_more()
    {
        await using var watched = new Watched();
        watched.Engine.ImapOptions.MaxSessionsPerAccount = 2;
        await (await watched.IdleAsync()).DisposeAsync();

        watched.Engine.Clock.Advance(watched.WatchOptions.Linger);
        await using var first = await watched.Engine.LeaseAsync();
        await using var second = await watched.Engine.LeaseAsync();

        Assert.False(watched.Watchers.IsHeld(watched.Engine.Account));
        Assert.Equal(2, watched.Server.Logins);
    }

    [Fact]
    public async Task A_forgotten_account_is_watched_over_a_new_session()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();

        await watched.Engine.Imap.ForgetAsync(watched.Engine.Account);

        await watched.UntilAsync(() => watched.Server.Logins == 2 && watched.IsIdling && watched.Server.Open == 1);
    }

    [Fact]
    public async Task Without_IDLE_the_mailbox_is_looked_at_every_so_often()
    {
        await using var watched = new Watched();
        watched.Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN";
        await using var hold = watched.Hold();
        await watched.Engine.Clock.UntilTimerAsync(watched.WatchOptions.PollEvery, 1, Engine.Ct);

        watched.Inbox.Add("Hello");
        watched.Engine.Clock.Advance(watched.WatchOptions.PollEvery);
        await watched.UntilAsync(() => watched.Sink.Created.Any());

        Assert.Equal([1], watched.Sink.Created);
        Assert.Equal(0, watched.Server.Count("IDLE"));
        Assert.Equal(1, watched.Server.Logins);
    }

    [Fact]
    public async Task With_a_budget_of_one_the_session_is_given_back_between_two_looks()
    {
        await using var watched = new Watched();
        watched.Engine.ImapOptions.MaxSessionsPerAccount = 1;
        await using var hold = watched.Hold();
        await watched.UntilAsync(() => watched.Server.Count("EXAMINE") == 1);

        Assert.Equal(0, await watched.Engine.CountAsync());
        watched.Inbox.Add("Hello");
        await watched.Engine.Clock.UntilTimerAsync(watched.WatchOptions.PollEvery, 1, Engine.Ct);
        watched.Engine.Clock.Advance(watched.WatchOptions.PollEvery);
        await watched.UntilAsync(() => watched.Sink.Created.Any());

        Assert.Equal([1], watched.Sink.Created);
        Assert.Equal(1, watched.Server.Logins);
        Assert.Equal(0, watched.Server.Count("IDLE"));
    }

    [Fact]
    public async Task Persons_are_served_while_an_account_is_watched()
    {
        await using var watched = new Watched();
        watched.Engine.ImapOptions.MaxSessionsPerAccount = 2;
        await using var hold = await watched.IdleAsync();

        Assert.Equal(0, await watched.Engine.CountAsync());

        Assert.True(watched.IsIdling);
        Assert.Equal(2, watched.Server.Logins);
    }

    [Fact]
    public async Task Disposing_ends_every_watch()
    {
        await using var watched = new Watched();
        await watched.IdleAsync();

        await watched.Watchers.DisposeAsync();

        await watched.UntilAsync(() => !watched.IsIdling);
        Assert.False(watched.IsWatching);
    }
}
