using Gateway.Mail.Watching;

namespace Gateway.Mail.Tests.Watching;

/// <summary>What happens while no process is there to watch.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task What_came_changed_and_went_meanwhile_is_told_once()
    {
        await using var watched = new Watched();
        for (var i = 0; i < 4; i++) { watched.Inbox.Add("Old"); }

        await watched.IdleAsync();
        await watched.RestartAsync();
        await watched.Inbox.ExpungeAsync(2);
        await watched.Inbox.FlagAsync(3, "\\Flagged");
        watched.Inbox.Add("New");

        await watched.IdleAsync();
        Assert.Equal([2], watched.Sink.Vanished);
        Assert.Equal([3], watched.Sink.Changed.Select(c => c.Uid));
        Assert.Equal([5], watched.Sink.Created);

        await watched.RestartAsync();
        await watched.IdleAsync();
        Assert.Equal(3, watched.Sink.Events.Count);
    }

    [Fact]
    public async Task What_was_told_live_is_not_told_again()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("Old");
        await watched.IdleAsync();
        var uid = await watched.Inbox.DeliverAsync("New");
        await watched.UntilAsync(() => watched.Sink.Created.Any() && watched.IsIdling);
        await watched.Inbox.FlagAsync(uid, "\\Seen work");
        await watched.UntilAsync(() => watched.Sink.Changed.Any() && watched.IsIdling);
        await watched.Inbox.ExpungeAsync(1);
        await watched.UntilAsync(() => watched.Sink.Vanished.Any() && watched.IsIdling);

        await watched.RestartAsync();
        await watched.IdleAsync();

        Assert.Equal(3, watched.Sink.Events.Count);
    }

    [Fact]
    public async Task An_event_that_was_not_written_down_is_told_by_the_next_process()
    {
        await using var watched = new Watched();
        await watched.IdleAsync();
        var tried = new TaskCompletionSource();
        watched.Sink.Publishing = _ =>
        {
            tried.TrySetResult();
            throw new IOException("disk full");
        };
        await watched.Inbox.DeliverAsync("New");
        await tried.Task;

        await watched.RestartAsync();
        watched.Sink.Publishing = _ => Task.CompletedTask;
        await watched.IdleAsync();

        Assert.Equal([1], watched.Sink.Created);
    }

    [Fact]
    public async Task Of_very_much_the_newest_is_told_and_that_there_was_more()
    {
        await using var watched = new Watched();
        await watched.IdleAsync();
        await watched.RestartAsync();
        for (var i = 0; i < 1001; i++) { watched.Inbox.Add("New"); }

        await watched.IdleAsync();
        Assert.Equal(Enumerable.Range(2, 1000).Select(uid => (uint)uid), watched.Sink.Created);
        var counted = Assert.Single(watched.Sink.Events.OfType<MailboxCounted>());
        Assert.Equal((true, 1001, 1001), (counted.IsIncomplete, counted.Now.Uids.Count, counted.Now.Unread));

        await watched.RestartAsync();
        await watched.IdleAsync();
        Assert.Equal(2, watched.Sink.Events.Count);
    }
}
