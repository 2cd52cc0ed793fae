using Gateway.Features.Drafts;
using Gateway.Tests.Events;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Gateway.Tests.Drafts;

/// <summary>The first draft of an account, whose mailbox for drafts is made at this moment.</summary>
public sealed class FirstDraftTests : IAsyncDisposable
{
    private readonly LiveGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("* STATUS \"Drafts\" (MESSAGES 0 UNSEEN 0)")] // another session is making it: it is listed, and has no UIDVALIDITY yet
    [InlineData("* STATUS \"Drafts\" (MESSAGES 0 UNSEEN 0 UIDVALIDITY 6 UIDNEXT 1)")] // both are, and the other one wins
    public async Task Is_kept_although_its_mailbox_was_listed_half_made(string halfMade)
    {
        var account = await _gateway.AddAccountAsync("ann@example.test");
        var drafts = _gateway.Imap.AddMailbox("Drafts");
        var listed = 0;
        _gateway.Imap.On("STATUS", async (session, command) =>
        {
            if (!command.Arguments.Contains("Drafts", StringComparison.Ordinal) || listed++ > 0)
            {
                await session.AnswerAsync(command);
                return;
            }

            await session.WriteLineAsync(halfMade);
            await session.OkAsync(command);
        });

        using var draft = new MimeMessage { Body = new TextPart("plain") { Text = "Dear" } };
        await _gateway.Host.Services.GetRequiredService<DraftPlaces>().AddAsync(account, draft, Ct);

        Assert.Single(drafts.Messages);
    }
}
