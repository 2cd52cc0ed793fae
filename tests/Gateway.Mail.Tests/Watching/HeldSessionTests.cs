using Gateway.Mail.Imap;

namespace Gateway.Mail.Tests.Watching;

/// <summary>A watcher's session within the budget of its account.</summary>
public sealed class HeldSessionTests
{
    [Fact]
    public async Task With_a_budget_of_two_background_work_goes_on_beside_the_watcher()
    {
        await using var watched = new Watched();
        watched.Engine.ImapOptions.MaxSessionsPerAccount = 2;
        await using var hold = await watched.IdleAsync();

        await using var lease = await watched.Engine.LeaseAsync(lane: Lane.Background);

        Assert.Equal(2, watched.Server.Open);
    }

    [Fact]
    public async Task A_server_that_allows_one_session_only_gets_the_watchers_for_a_person()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        watched.Server.On("AUTHENTICATE", (session, command) => session.NoAsync(command, "[LIMIT] Too many connections."));

        await using (await watched.Engine.LeaseAsync()) { Assert.False(watched.IsWatching); }

        Assert.Equal(1, watched.Server.Logins);
        await watched.UntilAsync(() => watched.Server.Open == 1);
    }

    [Fact]
    public async Task A_lowered_budget_is_tried_one_higher_after_a_while()
    {
        await using var engine = Engine.WithImap();
        engine.ImapOptions.MaxSessionsPerAccount = 2;
        var first = await engine.LeaseAsync();
        engine.ImapServer.Once("AUTHENTICATE", (session, command) => session.NoAsync(command, "[LIMIT] Too many connections."));
        var second = engine.LeaseAsync().AsTask();
        await engine.ImapServer.UntilAsync(() => engine.ImapServer.Count("AUTHENTICATE") == 2 && engine.ImapServer.Open == 1, Engine.Ct);
        await first.DisposeAsync();
        await using var held = await second;

        for (var look = 0; look < 20; look++) { engine.Clock.Advance(engine.ImapOptions.PruneAfter / 2); }

        await using var another = await engine.LeaseAsync();
        Assert.Equal(2, engine.ImapServer.Open);
    }

    [Fact]
    public async Task New_credentials_end_the_wait_of_a_watcher_at_once()
    {
        await using var watched = new Watched();
        watched.Server.Password = "another";
        await using var hold = watched.Hold();
        await watched.Engine.Clock.UntilTimerAsync(due => due > TimeSpan.Zero && due <= watched.WatchOptions.MinBackoff, 1, Engine.Ct);

        watched.Engine.Settings = watched.Engine.Settings with { Password = "another", CredentialsVersion = 2 };
        await watched.Engine.Imap.ForgetAsync(watched.Engine.Account);

        await watched.UntilAsync(() => watched.IsIdling && watched.IsWatching);
    }
}
