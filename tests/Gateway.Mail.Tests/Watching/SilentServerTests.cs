using Gateway.TestKit;
using MailKit;

namespace Gateway.Mail.Tests.Watching;

/// <summary>Servers that do not tell, or tell what cannot be read: new mail is told all the same.</summary>
public sealed class SilentServerTests
{
    [Fact]
    public async Task A_server_that_is_silent_in_IDLE_is_asked_at_each_renewal()
    {
        await using var watched = new Watched();
        watched.Server.On("IDLE", IdleSilentlyAsync);
        await using var hold = watched.Hold();
        await watched.UntilAsync(() => watched.IsWatching && watched.Server.Count("IDLE") == 1);

        watched.Inbox.Add("Never told of");
        await watched.Engine.Clock.UntilTimerAsync(due => due == watched.WatchOptions.RenewAfter, 1, Engine.Ct);
        watched.Engine.Clock.Advance(watched.WatchOptions.RenewAfter);
        await watched.UntilAsync(() => watched.Sink.Created.Any());

        Assert.Equal([1], watched.Sink.Created);
        Assert.Equal(1, watched.Server.Logins);
    }

    [Fact]
    public async Task A_message_whose_description_breaks_every_answer_is_told_with_what_is_known()
    {
        await using var watched = new Watched();
        await using var hold = await watched.IdleAsync();
        watched.Server.On("UID FETCH", (session, command) => command.Arguments.Contains("ENVELOPE", StringComparison.Ordinal)
            ? session.WriteLineAsync("* 1 FETCH (UID 1 ENVELOPE ((((")
            : session.AnswerAsync(command));

        await watched.Inbox.DeliverAsync("Cannot be described");
        await watched.ReconnectAsync();
        await watched.UntilAsync(() => watched.Sink.Created.Any() && watched.IsIdling);
        watched.Server.Happily("UID FETCH");
        await watched.Inbox.DeliverAsync("An ordinary one");
        await watched.UntilAsync(() => watched.Sink.Created.Count() == 2);

        Assert.Equal([1, 2], watched.Sink.Created);
        var told = watched.Sink.Events.OfType<Mail.Watching.MessagesCreated>().SelectMany(e => e.Messages).ToList();
        Assert.NotNull(told[0].InternalDate);
        Assert.Null(told[0].Envelope);
        Assert.Equal("An ordinary one", told[1].Envelope!.Subject);
    }

    private static async Task IdleSilentlyAsync(ScriptedImapSession session, ScriptedCommand command)
    {
        await session.WriteLineAsync("+ idling");
        await session.Connection.ReadLineAsync();
        await session.OkAsync(command);
    }
}
