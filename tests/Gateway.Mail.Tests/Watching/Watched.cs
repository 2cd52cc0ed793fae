using Gateway.Mail.Watching;
using Gateway.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Tests.Watching;

/// <summary>An engine whose account is watched, and what was told of it.</summary>
internal sealed class Watched : IAsyncDisposable
{
    private Lazy<Watchers> _watchers;

    public Watched() => _watchers = New();

    public Engine Engine { get; } = Engine.WithImap();

    public WatchOptions WatchOptions { get; } = new() { PollEvery = TimeSpan.FromSeconds(47), MinBackoff = TimeSpan.FromSeconds(1), PollFastest = TimeSpan.FromMinutes(50), PollSlowest = TimeSpan.FromMinutes(50) }; // told apart from every other timer

    public RecordingSink Sink { get; } = new();

    public Watchers Watchers => _watchers.Value;

    public ScriptedImapServer Server => Engine.ImapServer;

    public ScriptedMailbox Inbox => Server.Inbox;

    public bool IsWatching => Watchers.IsWatching(Engine.Account, "INBOX");

    public bool IsIdling => Server.Sessions.Any(s => s.IsIdling);

    public MailboxView? View => Watchers.View(Engine.Account, "INBOX");

    public void Touch() => Watchers.Touch(Engine.Account, "INBOX");

    public IAsyncDisposable Hold() => Watchers.Hold(Engine.Account);

    public Task UntilAsync(Func<bool> condition) => Server.UntilAsync(condition, Engine.Ct);

    /// <summary>Holds the account and waits until the server sees it idle.</summary>
    public async Task<IAsyncDisposable> IdleAsync()
    {
        var hold = Hold();
        await UntilAsync(() => IsIdling && IsWatching);
        return hold;
    }

    /// <summary>Lets the backoff pass, however long it turned out.</summary>
    public async Task ReconnectAsync(int losses = 1)
    {
        await Engine.Clock.UntilTimerAsync(due => due > TimeSpan.Zero && due <= WatchOptions.MinBackoff, losses, Engine.Ct);
        Engine.Clock.Advance(WatchOptions.MinBackoff);
    }

    /// <summary>Ends the watchers as a process ends; what was told stays, and the next use begins with new ones.</summary>
    public async Task RestartAsync()
    {
        await Watchers.DisposeAsync();
        await UntilAsync(() => !IsIdling);
        _watchers = New();
    }

    public async ValueTask DisposeAsync()
    {
        if (_watchers.IsValueCreated) { await _watchers.Value.DisposeAsync(); }

        await Engine.DisposeAsync();
    }

    private Lazy<Watchers> New() => new(() => new(Engine.Imap, Sink, Options.Create(WatchOptions), Engine.Clock, NullLogger<Watchers>.Instance));
}
