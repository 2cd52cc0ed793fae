using Gateway.Mail.Watching;
using MailKit;

namespace Gateway.Mail.Tests.Watching;

public sealed class IdleWatchTests
{
    [Fact]
    public async Task A_message_that_arrives_while_idling_is_told_at_once_over_the_same_session()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("Before");
        await using var hold = await watched.IdleAsync();

        var uid = await watched.Inbox.DeliverAsync("Hello");
        await watched.UntilAsync(() => watched.Sink.Events.Count == 1);

        var told = Assert.IsType<MessagesCreated>(watched.Sink.Events.Single());
        Assert.Equal((watched.Engine.Account, "INBOX", 7u), (told.Account, told.Path, told.UidValidity));
        var message = Assert.Single(told.Messages);
        Assert.Equal((uid, "Hello"), (message.UniqueId.Id, message.Envelope!.Subject));
        Assert.NotNull(message.Body);
        Assert.Equal(1, watched.Server.Logins);
    }

    [Fact]
    public async Task It_idles_again_after_each_event()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();

        for (var i = 1; i <= 5; i++)
        {
            await watched.UntilAsync(() => watched.IsIdling);
            await watched.Inbox.DeliverAsync("Hello");
            await watched.UntilAsync(() => watched.Sink.Created.Count() == i);
        }

        Assert.Equal([1, 2, 3, 4, 5], watched.Sink.Created);
    }

    [Fact]
    public async Task Several_that_arrive_at_once_are_told_oldest_first_and_each_once()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();

        for (var i = 0; i < 3; i++) { watched.Inbox.Add("Hello"); }

        await watched.Inbox.DeliverAsync("Hello");
        await watched.UntilAsync(() => watched.Sink.Created.Count() == 4);

        Assert.Equal([1, 2, 3, 4], watched.Sink.Created);
    }

    [Fact]
    public async Task A_hundred_that_arrive_in_quick_succession_are_told_each_once()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();

        for (var i = 0; i < 100; i++) { await watched.Inbox.DeliverAsync("Hello"); }

        await watched.UntilAsync(() => watched.Sink.Created.Count() >= 100);

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (uint)i), watched.Sink.Created);
        Assert.Equal(1, watched.Server.Logins);
    }

    [Fact]
    public async Task Changed_flags_are_told_with_their_keywords()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("One");
        var uid = watched.Inbox.Add("Two");
        await using var hold = await watched.IdleAsync();

        await watched.Inbox.FlagAsync(uid, "\\Seen \\Flagged $Work");
        await watched.UntilAsync(() => watched.Sink.Changed.Any());

        var change = Assert.Single(watched.Sink.Changed);
        Assert.Equal((uid, MessageFlags.Seen | MessageFlags.Flagged), (change.Uid, change.Flags & ~MessageFlags.UserDefined));
        Assert.Equal(["$Work"], change.Keywords);
    }

    [Fact]
    public async Task Flags_told_again_as_they_were_are_no_change()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("One", "\\Seen");
        await using var hold = await watched.IdleAsync();

        await watched.Server.Sessions.Single().WriteLineAsync("* 1 FETCH (FLAGS (\\Seen))");
        await watched.Inbox.DeliverAsync("Two");
        await watched.UntilAsync(() => watched.Sink.Created.Any());

        Assert.Empty(watched.Sink.Changed);
    }

    [Fact]
    public async Task Expunged_messages_are_told_by_UID()
    {
        await using var watched = new Watched();
        for (var i = 0; i < 5; i++) { watched.Inbox.Add("Hello"); }

        await using var hold = await watched.IdleAsync();

        await watched.Inbox.ExpungeAsync(2, 4, 5);
        await watched.UntilAsync(() => watched.Sink.Vanished.Count() == 3);

        Assert.Equal<uint>([2, 4, 5], watched.Sink.Vanished.Order());
    }

    [Fact]
    public async Task Ascending_expunges_shift_the_places_after_them()
    {
        await using var watched = new Watched();
        for (var i = 0; i < 4; i++) { watched.Inbox.Add("Hello"); }

        await using var hold = await watched.IdleAsync();
        watched.Server.On("UID FETCH", (session, command) => session.OkAsync(command));

        await watched.Server.Sessions.Single().WriteLineAsync("* 1 EXPUNGE\r\n* 1 EXPUNGE");
        await watched.UntilAsync(() => watched.Sink.Vanished.Count() == 2);

        Assert.Equal<uint>([1, 2], watched.Sink.Vanished.Order());
    }

    [Fact]
    public async Task An_arrival_and_an_expunge_in_one_breath_are_both_told()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("One");
        watched.Inbox.Add("Two");
        await using var hold = await watched.IdleAsync();

        watched.Inbox.Add("Three");
        await watched.Inbox.ExpungeAsync(1);
        await watched.UntilAsync(() => watched.Sink.Created.Any() && watched.Sink.Vanished.Any());

        Assert.Equal([3], watched.Sink.Created);
        Assert.Equal([1], watched.Sink.Vanished);
        Assert.Equal(1, watched.Server.Logins);
    }

    [Fact]
    public async Task A_message_that_came_and_went_while_it_was_fetched_does_no_harm()
    {
        await using var watched = new Watched();
        watched.Inbox.Add("One");
        await using var hold = await watched.IdleAsync();
        watched.Server.Once("UID FETCH", async (session, command) =>
        {
            await session.WriteLineAsync("* 2 EXPUNGE");
            await session.OkAsync(command);
        });

        await watched.Server.Sessions.Single().WriteLineAsync("* 2 EXISTS");
        await watched.UntilAsync(() => watched.Server.Count("UID FETCH") == 1 && watched.IsIdling);
        await watched.Inbox.DeliverAsync("Two");
        await watched.UntilAsync(() => watched.Sink.Created.Any());

        Assert.Equal([2], watched.Sink.Created);
        Assert.Empty(watched.Sink.Vanished);
    }

    [Fact]
    public async Task A_message_that_arrives_while_another_is_fetched_is_told_as_well()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        watched.Server.Once("UID FETCH", async (session, command) =>
        {
            await session.AnswerAsync(command with { Tag = "*" });
            watched.Inbox.Add("Second");
            await session.TellAsync();
            await session.OkAsync(command);
        });

        await watched.Inbox.DeliverAsync("First");
        await watched.UntilAsync(() => watched.Sink.Created.Count() == 2);

        Assert.Equal([1, 2], watched.Sink.Created);
    }

    [Fact]
    public async Task IDLE_is_renewed_on_the_same_session()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();

        for (var i = 2; i <= 4; i++)
        {
            await watched.Engine.Clock.UntilTimerAsync(watched.WatchOptions.RenewAfter, i - 1, Engine.Ct);
            watched.Engine.Clock.Advance(watched.WatchOptions.RenewAfter);
            await watched.UntilAsync(() => watched.Server.Count("IDLE") == i && watched.IsIdling);
        }

        Assert.Equal(1, watched.Server.Logins);
        Assert.Empty(watched.Sink.Events);
    }
}
