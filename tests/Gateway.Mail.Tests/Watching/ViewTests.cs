using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;

namespace Gateway.Mail.Tests.Watching;

/// <summary>What can be read of a watched mailbox without asking the server.</summary>
public sealed class ViewTests
{
    [Fact]
    public async Task A_mailbox_looked_at_twice_is_watched_and_its_view_follows_the_server()
    {
        await using var watched = new Watched();
        var first = watched.Inbox.Add("One");
        watched.Touch();
        Assert.Equal(0, watched.Server.Accepted);

        watched.Touch();
        await watched.UntilAsync(() => watched.IsIdling && watched.View is not null);
        Assert.Equal([first], Uids(watched.View!));

        var second = await watched.Inbox.DeliverAsync("Two");
        await watched.UntilAsync(() => watched.View?.Count == 2);
        await watched.Inbox.FlagAsync(second, "\\Flagged work");
        await watched.UntilAsync(() => watched.View?.Find(second) is { Flags: MessageFlags.Flagged, Keywords: ["work"] });
        await watched.Inbox.ExpungeAsync(first);
        await watched.UntilAsync(() => watched.View?.Count == 1);

        Assert.Equal([second], Uids(watched.View!));
        Assert.Null(watched.View!.Find(first));
    }

    [Fact]
    public async Task Looks_that_are_far_apart_watch_nothing()
    {
        await using var watched = new Watched();

        watched.Touch();
        watched.Engine.Clock.Advance(TimeSpan.FromSeconds(61));
        watched.Touch();

        Assert.False(watched.Watchers.IsHeld(watched.Engine.Account));
    }

    [Fact]
    public async Task After_a_write_there_is_no_view_until_the_server_was_asked()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        await watched.UntilAsync(() => watched.View is not null);
        var asked = new TaskCompletionSource();
        watched.Server.Once("NOOP", async (session, command) =>
        {
            await asked.Task;
            await session.AnswerAsync(command);
        });

        await watched.Engine.Imap.RunAsync(watched.Engine.Account, "INBOX", FolderAccess.ReadWrite, Lane.Interactive, _ =>
        {
            watched.Inbox.Add("Written by us, and not told of by itself");
            return Task.FromResult(true);
        }, Engine.Ct);

        Assert.Null(watched.View);
        asked.SetResult();
        await watched.UntilAsync(() => watched.View?.Count == 1 && watched.IsIdling);
    }

    [Fact]
    public async Task What_was_written_to_another_mailbox_than_the_leased_one_counts_too()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        await watched.UntilAsync(() => watched.View is not null);
        var asked = watched.Server.Count("NOOP");

        await using (var lease = await watched.Engine.LeaseAsync(null)) { lease.HasWritten("inbox"); }

        await watched.UntilAsync(() => watched.Server.Count("NOOP") == asked + 1 && watched.View is not null && watched.IsIdling);
    }

    [Fact]
    public async Task A_lost_link_takes_the_view_along_until_it_is_back()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        await watched.UntilAsync(() => watched.View is not null);

        watched.Inbox.Add("Meanwhile");
        foreach (var session in watched.Server.Sessions) { session.Connection.Drop(); }

        await watched.UntilAsync(() => !watched.IsWatching);
        Assert.Null(watched.View);
        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.View?.Count == 1);
    }

    [Fact]
    public async Task Half_of_the_sessions_stay_for_work()
    {
        await using var watched = new Watched();
        foreach (var path in (string[])["INBOX", "One", "Two"])
        {
            if (path != "INBOX") { watched.Server.AddMailbox(path); }

            watched.Watchers.Touch(watched.Engine.Account, path);
            watched.Watchers.Touch(watched.Engine.Account, path);
        }

        await watched.UntilAsync(() => watched.Watchers.IsWatching(watched.Engine.Account, "One") && watched.IsWatching);

        Assert.False(watched.Watchers.IsWatching(watched.Engine.Account, "Two"));
        Assert.Equal(watched.Engine.ImapOptions.MaxSessionsPerAccount / 2, watched.Server.Open);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Beyond_the_budget_the_view_looked_at_longest_ago_is_let_go_unless_its_events_are_followed(bool followed)
    {
        await using var watched = new Watched { WatchOptions = { ViewBudget = 1 } };
        watched.Inbox.Add("Takes more than a byte");
        watched.Server.AddMailbox("One");
        await using var hold = followed ? watched.Hold() : null;
        watched.Touch();
        watched.Touch();
        await watched.UntilAsync(() => watched.View is not null);

        watched.Watchers.Touch(watched.Engine.Account, "One");
        watched.Watchers.Touch(watched.Engine.Account, "One");
        await watched.UntilAsync(() => watched.Watchers.IsWatching(watched.Engine.Account, "One"));

        Assert.Equal(followed, watched.Watchers.IsHeld(watched.Engine.Account));
    }

    [Fact]
    public void A_message_takes_at_most_forty_bytes_of_a_view()
    {
        var view = new MailboxView(1);
        for (var uid = 1u; uid <= 100_000; uid++) { view.Add(new MessageSummary((int)uid - 1) { UniqueId = new(uid), Flags = MessageFlags.Seen }); }

        Assert.InRange(view.Bytes, 6 * 100_000, 40 * 100_000);
    }

    [Fact]
    public async Task A_mailbox_nobody_looks_at_any_more_is_let_go()
    {
        await using var watched = new Watched();
        watched.Touch();
        watched.Touch();
        await watched.UntilAsync(() => watched.IsIdling && watched.IsWatching);

        watched.Engine.Clock.Advance(watched.WatchOptions.ViewLinger - TimeSpan.FromSeconds(1));
        watched.Touch();
        watched.Engine.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(watched.Watchers.IsHeld(watched.Engine.Account));
        watched.Engine.Clock.Advance(watched.WatchOptions.ViewLinger);

        Assert.False(watched.Watchers.IsHeld(watched.Engine.Account));
    }

    [Fact]
    public void Pages_are_newest_first_and_filters_are_flags()
    {
        var view = new MailboxView(1);
        foreach (var uid in Enumerable.Range(1, 6)) { view.Add(new MessageSummary(uid - 1) { UniqueId = new((uint)uid * 10), Flags = uid % 2 == 0 ? MessageFlags.Seen : MessageFlags.None }); }

        var all = view.Newest(MessageFlags.None, MessageFlags.None, null, 1, 2);
        var next = view.Newest(MessageFlags.None, MessageFlags.None, 40, 0, 4);
        var unread = view.Newest(MessageFlags.None, MessageFlags.Seen, null, 0, 2);
        var read = view.Newest(MessageFlags.Seen, MessageFlags.None, 60, 1, 2);

        Assert.Equal([50u, 40u], all.Messages.Select(m => m.Uid));
        Assert.Equal((true, 6), (all.More, all.Total));
        Assert.Equal([30u, 20u, 10u], next.Messages.Select(m => m.Uid));
        Assert.False(next.More);
        Assert.Equal([50u, 30u], unread.Messages.Select(m => m.Uid));
        Assert.Equal((true, 3), (unread.More, unread.Total));
        Assert.Equal([20u], read.Messages.Select(m => m.Uid));
        Assert.False(read.More);
        Assert.Equal(2, view.CountBelow(25));
    }

    private static IEnumerable<uint> Uids(MailboxView view) => view.Newest(MessageFlags.None, MessageFlags.None, null, 0, 100).Messages.Select(m => m.Uid);
}
