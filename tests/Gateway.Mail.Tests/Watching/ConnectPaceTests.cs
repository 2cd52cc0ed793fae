using Gateway.Mail.Watching;

namespace Gateway.Mail.Tests.Watching;

public sealed class ConnectPaceTests
{
    private readonly WatchedClock _clock = new();

    [Fact]
    public void In_no_second_are_there_more_connects_than_allowed()
    {
        var pace = new ConnectPace(3, _clock);
        var turns = Enumerable.Range(0, 7).Select(_ => pace.TurnAsync(Engine.Ct)).ToList();
        Assert.Equal(3, turns.Count(t => t.IsCompleted));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, turns.Count(t => t.IsCompleted));
        _clock.Advance(ConnectPace.Window - TimeSpan.FromSeconds(1));
        Assert.Equal(6, turns.Count(t => t.IsCompleted));
        _clock.Advance(ConnectPace.Window);
        Assert.Equal(7, turns.Count(t => t.IsCompleted));
    }

    [Fact]
    public void Who_connects_seldom_never_waits()
    {
        var pace = new ConnectPace(2, _clock);

        for (var connects = 0; connects < 10; connects++)
        {
            Assert.True(pace.TurnAsync(Engine.Ct).IsCompleted);
            _clock.Advance(ConnectPace.Window / 2);
        }
    }

    [Fact]
    public async Task Watchers_wait_for_their_turn_and_persons_do_not()
    {
        await using var watched = new Watched();
        watched.WatchOptions.ConnectsPerSecond = 1;
        watched.Server.AddMailbox("Archive");
        await using var hold = await watched.IdleAsync();
        watched.Watchers.Touch(watched.Engine.Account, "Archive");
        watched.Watchers.Touch(watched.Engine.Account, "Archive");
        await watched.Engine.Clock.UntilTimerAsync(ConnectPace.Window, 1, Engine.Ct);

        Assert.Equal(0, await watched.Engine.CountAsync());
        Assert.Equal(2, watched.Server.Logins);

        watched.Engine.Clock.Advance(ConnectPace.Window);
        await watched.UntilAsync(() => watched.Server.Sessions.Count(s => s.IsIdling) == 2);
    }
}
