using Gateway.Mail.Watching;
using Gateway.TestKit;

namespace Gateway.Mail.Tests.Watching;

/// <summary>What happens in the mailboxes that no watcher has selected.</summary>
public sealed class OtherMailboxesTests : IAsyncDisposable
{
    private const string Ring = "* STATUS \"Archive\" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7 UNSEEN 1)";

    private readonly Watched _watched = new();
    private readonly ScriptedMailbox _archive;

    public OtherMailboxesTests()
    {
        _archive = _watched.Server.AddMailbox("Archive");
        (_watched.WatchOptions.PollFastest, _watched.WatchOptions.PollSlowest) = (TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1));
    }

    private ScriptedImapSession Watching => _watched.Server.Sessions.Single(s => s.IsIdling);

    public ValueTask DisposeAsync() => _watched.DisposeAsync();

    [Fact]
    public async Task Are_asked_for_when_the_server_notifies()
    {
        _watched.Server.Capabilities += " NOTIFY";
        await using var hold = await _watched.IdleAsync();

        _archive.Add("Filed");
        await Watching.WriteLineAsync(Ring);
        await ToldAsync(1);

        Assert.Equal([1u], _watched.Sink.Created);
        Assert.Equal(["Archive", "Archive"], _watched.Sink.Events.Select(e => e.Path));
        var counted = Assert.Single(_watched.Sink.Events.OfType<MailboxCounted>());
        Assert.Equal((1, 1, false), (counted.Now.Uids.Count, counted.Now.Unread, counted.IsIncomplete));
        Assert.Equal(1, _watched.Server.Count("NOTIFY"));
    }

    [Fact]
    public async Task Are_polled_without_NOTIFY_slower_while_nothing_happens_and_quicker_after()
    {
        await using var hold = await _watched.IdleAsync();
        foreach (var seconds in new[] { 15, 30, 60, 60 })
        {
            var looks = _watched.Server.Count("LIST");
            await IdlesAsync();
            _watched.Engine.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(looks, _watched.Server.Count("LIST"));
            _watched.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
            await _watched.UntilAsync(() => _watched.Server.Count("LIST") > looks);
        }

        await IdlesAsync();
        _archive.Add("Filed");
        _watched.Engine.Clock.Advance(TimeSpan.FromSeconds(60));
        await ToldAsync(1);
        await IdlesAsync();
        var before = _watched.Server.Count("LIST");
        _watched.Engine.Clock.Advance(TimeSpan.FromSeconds(15));
        await _watched.UntilAsync(() => _watched.Server.Count("LIST") > before);
    }

    [Fact]
    public async Task Their_flags_and_expunges_are_told_too()
    {
        foreach (var subject in new[] { "One", "Two", "Three" }) { _archive.Add(subject); }

        _watched.Server.Capabilities += " NOTIFY";
        await using var hold = await _watched.IdleAsync();
        await _watched.UntilAsync(() => _watched.Sink.Told.ContainsKey(("Archive", 7)));

        await _archive.FlagAsync(3, "\\Seen");
        await _archive.ExpungeAsync(1);
        await Watching.WriteLineAsync(Ring);
        await ToldAsync(1);

        Assert.Equal([1u], _watched.Sink.Vanished);
        Assert.Equal([3u], _watched.Sink.Changed.Select(c => c.Uid));
        Assert.Empty(_watched.Sink.Created);
    }

    [Fact]
    public async Task Are_compared_when_we_have_written_to_them()
    {
        await using var hold = await _watched.IdleAsync();
        _archive.Add("Appended by us");

        await using (var lease = await _watched.Engine.LeaseAsync(null)) { lease.HasWritten("Archive"); }

        await ToldAsync(1);
        Assert.Equal([1u], _watched.Sink.Created);
    }

    [Fact]
    public async Task What_happened_to_them_while_no_process_watched_is_told_once()
    {
        foreach (var subject in new[] { "One", "Two" }) { _archive.Add(subject); }

        await _watched.IdleAsync();
        await _watched.UntilAsync(() => _watched.Sink.Told.ContainsKey(("Archive", 7)));
        await _watched.RestartAsync();
        await _archive.ExpungeAsync(1);
        await _archive.FlagAsync(2, "\\Flagged");
        _archive.Add("Three");

        await _watched.IdleAsync();
        await ToldAsync(1);
        await _watched.RestartAsync();
        await _watched.IdleAsync();

        Assert.Equal([1u], _watched.Sink.Vanished);
        Assert.Equal([2u], _watched.Sink.Changed.Select(c => c.Uid));
        Assert.Equal([3u], _watched.Sink.Created);
        Assert.Equal(4, _watched.Sink.Events.Count);
    }

    [Fact]
    public async Task A_status_that_lies_tells_nothing_that_is_not_there()
    {
        var lies = 0;
        _watched.Server.Capabilities += " NOTIFY";
        _watched.Server.On("STATUS", async (session, command) =>
        {
            if (command.Arguments.Contains("Archive", StringComparison.Ordinal))
            {
                await session.WriteLineAsync($"* STATUS \"Archive\" (MESSAGES 4294967295 UIDNEXT {9 + lies++} UIDVALIDITY 7 UNSEEN 99)");
                await session.OkAsync(command);
            }
            else { await session.AnswerAsync(command); }
        });
        _archive.Add("Old");
        await using var hold = await _watched.IdleAsync();

        for (var rings = 2; rings <= 4; rings++)
        {
            var compared = rings;
            await IdlesAsync();
            await Watching.WriteLineAsync(Ring);
            await _watched.UntilAsync(() => lies >= compared && _watched.Server.Commands.Count(c => c.Name is "EXAMINE" or "NOOP") > compared);
        }

        Assert.Empty(_watched.Sink.Events);
    }

    [Fact]
    public async Task NOTIFY_that_overflows_is_done_without_from_then_on()
    {
        _watched.Server.Capabilities += " NOTIFY";
        await using var hold = await _watched.IdleAsync();
        _archive.Add("Filed");

        await Watching.WriteLineAsync("* OK [NOTIFICATIONOVERFLOW] Too much.");
        await _watched.ReconnectAsync();
        await ToldAsync(1);

        Assert.Equal([1u], _watched.Sink.Created);
        Assert.Equal(1, _watched.Server.Count("NOTIFY"));
    }

    [Fact]
    public async Task NOTIFY_that_is_refused_is_done_without()
    {
        _watched.Server.Capabilities += " NOTIFY";
        _watched.Server.On("NOTIFY", (session, command) => session.NoAsync(command, "[BADEVENT (MessageNew)] Not here."));
        await using var hold = await _watched.IdleAsync();

        _archive.Add("Filed");
        _watched.Engine.Clock.Advance(_watched.WatchOptions.PollFastest);
        await ToldAsync(1);

        Assert.Equal(1, _watched.Server.Logins - 1); // a second session compared
    }

    [Fact]
    public async Task BYE_in_NOTIFY_costs_the_link_and_no_more()
    {
        _watched.Server.Capabilities += " NOTIFY";
        _watched.Server.Once("NOTIFY", async (session, _) =>
        {
            await session.WriteLineAsync("* BYE Restarting.");
            session.Connection.Drop();
        });
        await using var hold = _watched.Hold();

        await _watched.ReconnectAsync();
        await _watched.UntilAsync(() => _watched.IsIdling && _watched.IsWatching);
        _archive.Add("Filed");
        await Watching.WriteLineAsync(Ring);
        await ToldAsync(1);

        Assert.Equal([1u], _watched.Sink.Created);
    }

    [Fact]
    public async Task One_that_is_deleted_while_it_is_compared_keeps_no_other_from_being_told()
    {
        _watched.Server.Capabilities += " NOTIFY";
        var gone = _watched.Server.AddMailbox("Gone");
        await using var hold = await _watched.IdleAsync();
        _watched.Server.On("EXAMINE", (session, command) =>
            command.Arguments.Contains("Gone", StringComparison.Ordinal) ? session.NoAsync(command, "[NONEXISTENT] No such mailbox.") : session.AnswerAsync(command));

        gone.Add("Never seen");
        _archive.Add("Filed");
        await Watching.WriteLineAsync(Ring);
        await ToldAsync(1);

        Assert.All(_watched.Sink.Events, e => Assert.Equal("Archive", e.Path));
    }

    [Fact]
    public async Task One_that_appears_is_told_with_all_that_is_in_it()
    {
        _watched.Server.Capabilities += " NOTIFY";
        await using var hold = await _watched.IdleAsync();

        _watched.Server.AddMailbox("Project").Add("Plan");
        await Watching.WriteLineAsync("* LIST () \"/\" \"Project\"");
        await ToldAsync(1);

        Assert.All(_watched.Sink.Events, e => Assert.Equal("Project", e.Path));
    }

    [Fact]
    public async Task Are_listed_for_whoever_tells_of_them_and_soon_again_when_that_failed()
    {
        var failures = 1;
        _watched.Server.Capabilities += " NOTIFY";
        _watched.Sink.Listing = () => failures-- > 0 ? throw new IOException("The store is away.") : Task.CompletedTask;
        await using var hold = await _watched.IdleAsync();
        Assert.Empty(_watched.Sink.Listed);

        await IdlesAsync();
        _watched.Engine.Clock.Advance(_watched.WatchOptions.PollFastest);
        await _watched.UntilAsync(() => _watched.Sink.Listed.Count > 0);

        Assert.Equal([("Archive", 7u), ("INBOX", 7u)], _watched.Sink.Listed.Select(l => (l.Key, l.Value)).Order());
        Assert.Equal(1, _watched.Server.Logins); // the inbox's link is as it was
    }

    [Fact]
    public async Task Nobody_follows_an_inbox_that_is_merely_looked_at()
    {
        _watched.Touch();
        _watched.Touch();
        await _watched.UntilAsync(() => _watched.IsIdling && _watched.IsWatching);
        Assert.DoesNotContain(_watched.Server.Commands, c => c.Name == "STATUS");

        await using var hold = _watched.Hold();
        await _watched.UntilAsync(() => _watched.Server.Count("STATUS") > 0);
    }

    private Task ToldAsync(int counts) => _watched.UntilAsync(() => _watched.Sink.Events.OfType<MailboxCounted>().Count() == counts);

    private Task IdlesAsync() => _watched.UntilAsync(() => _watched.IsIdling);
}
