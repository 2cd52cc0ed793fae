using System.Net;
using Gateway.Mail.Connecting;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Tests.Watching;
using MailKit;

namespace Gateway.Mail.Tests.Imap;

public sealed class ConnectPaceTests
{
    private readonly WatchedClock _clock = new();

    [Fact]
    public async Task In_no_second_are_there_more_connects_than_allowed()
    {
        var pace = new ConnectPace(3, _clock);
        var turns = Enumerable.Range(0, 7).Select(_ => pace.TurnAsync(Engine.Ct)).ToList();
        await ConnectAsync(turns[..3]);
        await _clock.UntilTimerAsync(ConnectPace.Window, 1, Engine.Ct);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(turns[3..], t => t.IsCompleted);
        _clock.Advance(ConnectPace.Window - TimeSpan.FromSeconds(1));
        await ConnectAsync(turns[3..6]);
        await _clock.UntilTimerAsync(ConnectPace.Window, 2, Engine.Ct);
        Assert.False(turns[6].IsCompleted);
        _clock.Advance(ConnectPace.Window);
        await turns[6];
    }

    [Fact]
    public async Task A_second_counts_from_when_the_connect_was_made()
    {
        var pace = new ConnectPace(1, _clock);
        var (slow, next) = (pace.TurnAsync(Engine.Ct), pace.TurnAsync(Engine.Ct));

        _clock.Advance(ConnectPace.Window * 5);
        Assert.False(next.IsCompleted);
        await ConnectAsync([slow]);
        await _clock.UntilTimerAsync(ConnectPace.Window, 1, Engine.Ct);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(next.IsCompleted);
        _clock.Advance(ConnectPace.Window - TimeSpan.FromSeconds(1));

        await next;
    }

    [Fact]
    public async Task A_sign_in_that_takes_long_keeps_its_place_and_one_that_has_ended_gives_it_back_at_once()
    {
        var pace = new ConnectPace(1, _clock);
        var (slow, next) = (await pace.TurnAsync(Engine.Ct), pace.TurnAsync(Engine.Ct));

        slow.Connected();
        _clock.Advance(ConnectPace.Window * 5);
        Assert.False(next.IsCompleted);
        slow.Dispose();

        await next;
    }

    [Fact]
    public async Task Watchers_wait_for_their_turn_and_persons_do_not()
    {
        await using var watched = new Watched();
        watched.Engine.ImapOptions.BackgroundConnectsPerSecond = 1;
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

    [Fact]
    public async Task A_server_that_swallows_connects_holds_up_its_own_accounts_only()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.BackgroundConnectsPerSecond = 1;
        var asked = new TaskCompletionSource();
        engine.Resolve = async (host, ct) =>
        {
            if (host != "swallows.test") { return [IPAddress.Loopback]; }

            asked.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return [];
        };
        var other = new AccountId(Guid.NewGuid());
        engine.Directory.Accounts[other] = engine.Settings with { Id = other, Imap = new("swallows.test", 993, MailSecurity.Tls) };
        var swallowed = engine.Imap.LeaseAsync(other, "INBOX", FolderAccess.ReadOnly, Lane.Background, Engine.Ct).AsTask();
        await asked.Task;

        await using (await engine.LeaseAsync(lane: Lane.Background)) { }

        Assert.False(swallowed.IsCompleted);
        engine.Clock.Advance(engine.ImapOptions.OpenTimeout);
        await Assert.ThrowsAsync<MailException>(() => swallowed);
    }

    private static async Task ConnectAsync(IEnumerable<Task<ConnectPace.Turn>> turns)
    {
        foreach (var turn in await Task.WhenAll(turns))
        {
            turn.Connected();
            turn.Dispose();
        }
    }
}
