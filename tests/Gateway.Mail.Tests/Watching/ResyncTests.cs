using Gateway.Mail.Watching;

namespace Gateway.Mail.Tests.Watching;

/// <summary>What happens while the watcher compares the mailbox with what it knew.</summary>
public sealed class ResyncTests
{
    [Fact]
    public async Task A_message_that_arrives_during_the_comparison_is_told_once()
    {
        await using var watched = new Watched();
        await using var hold = await LoseLinkAsync(watched);
        watched.Inbox.Add("Missed");
        watched.Server.Once("UID FETCH", async (session, command) =>
        {
            watched.Inbox.Add("During");
            await session.TellAsync();
            await session.AnswerAsync(command);
        });

        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.Sink.Created.Count() >= 2 && watched.IsIdling);

        Assert.Equal([4, 5], watched.Sink.Created);
    }

    [Fact]
    public async Task A_flag_that_changes_during_the_comparison_is_told()
    {
        await using var watched = new Watched();
        await using var hold = await LoseLinkAsync(watched);
        watched.Inbox.Add("Missed");
        watched.Server.Once("UID FETCH", async (session, command) =>
        {
            await watched.Inbox.FlagAsync(2, "\\Answered");
            await session.TellAsync();
            await session.AnswerAsync(command);
        });

        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.Sink.Changed.Any());

        Assert.Equal(2u, Assert.Single(watched.Sink.Changed).Uid);
        Assert.Equal([4], watched.Sink.Created);
    }

    [Fact]
    public async Task An_expunge_heard_just_before_the_link_broke_is_told_once()
    {
        await using var watched = new Watched();
        AddThree(watched);
        watched.Server.Once("IDLE", async (session, _) =>
        {
            await watched.Inbox.ExpungeAsync(2);
            await session.WriteLineAsync("+ idling\r\n* 2 EXPUNGE");
            session.Connection.Drop();
        });
        await using var hold = watched.Hold();

        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.IsIdling && watched.IsWatching);

        Assert.Equal([2], watched.Sink.Vanished);
    }

    [Fact]
    public async Task What_is_told_again_stays_in_order()
    {
        await using var watched = new Watched();
        AddThree(watched);
        await using var hold = await watched.IdleAsync();
        var failed = false;
        watched.Sink.Publishing = _ =>
        {
            if (failed) { return Task.CompletedTask; }

            failed = true;
            throw new InvalidOperationException("The log is locked.");
        };

        await watched.Inbox.FlagAsync(1, "\\Seen");
        await watched.UntilAsync(() => failed);
        await watched.Inbox.DeliverAsync("Next");
        await watched.Engine.PassAsync(TimeSpan.FromSeconds(1), () => watched.Sink.Created.Any());

        Assert.Collection(watched.Sink.Events, e => Assert.IsType<FlagsChanged>(e), e => Assert.IsType<MessagesCreated>(e));
    }

    private static async Task<IAsyncDisposable> LoseLinkAsync(Watched watched)
    {
        AddThree(watched);
        var hold = await watched.IdleAsync();
        foreach (var session in watched.Server.Sessions) { session.Connection.Drop(); }

        await watched.UntilAsync(() => watched.Server.Open == 0);
        return hold;
    }

    private static void AddThree(Watched watched)
    {
        foreach (var subject in new[] { "One", "Two", "Three" }) { watched.Inbox.Add(subject); }
    }
}
