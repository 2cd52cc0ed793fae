using System.Net;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Storage;
using Gateway.Tests.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Messages;

public sealed class DeleteMessageTests : IAsyncDisposable
{
    private readonly LiveGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Expunging_a_message_that_had_moved_drops_its_alias()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test");
        var services = _gateway.Host.Services;
        var uid = await _gateway.Imap.Inbox.DeliverAsync("Moved here");
        var inbox = await services.GetRequiredService<MailboxNumbers>().NumberAsync(account, "INBOX", _gateway.Imap.Inbox.UidValidity, Ct);
        var first = new MessageKey(new(99), 1);
        await services.GetRequiredService<MessageLocator>().MoveAsync(account, new Dictionary<MessageKey, uint> { [first] = uid }, inbox, Ct);

        using var answer = await _gateway.Admin().DeleteAsync(new Uri($"/v1/accounts/{account}/messages/{first}?permanent=true", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(1, _gateway.Imap.Count("UID EXPUNGE"));
        await using var db = await services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
        Assert.Empty(await db.Aliases.ToListAsync(Ct));
    }

    [Fact]
    public async Task What_the_server_moves_to_the_trash_without_telling_where_is_deleted_all_the_same()
    {
        _gateway.Imap.AddMailbox("Trash");
        var account = await _gateway.AddAccountAsync("ann@example.test");
        var uid = await _gateway.Imap.Inbox.DeliverAsync("Without a Message-ID");
        var inbox = await _gateway.Host.Services.GetRequiredService<MailboxNumbers>().NumberAsync(account, "INBOX", _gateway.Imap.Inbox.UidValidity, Ct);

        using var answer = await _gateway.Admin().DeleteAsync(new Uri($"/v1/accounts/{account}/messages/{new MessageKey(inbox, uid)}", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(1, _gateway.Imap.Count("UID MOVE"));
    }
}
