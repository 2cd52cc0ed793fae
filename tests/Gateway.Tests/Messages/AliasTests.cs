using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Messages;

/// <summary>A message that has moved is known by its first key for as long as it is there, and no longer.</summary>
public sealed class AliasTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private readonly AccountId _account = AccountId.New(TimeProvider.System);
    private readonly MessageLocator _locator = gateway.Services.GetRequiredService<MessageLocator>();
    private readonly MailboxNumbers _numbers = gateway.Services.GetRequiredService<MailboxNumbers>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_place_that_a_server_tells_of_twice_belongs_to_the_later_message()
    {
        var (inbox, archive) = (await NumberAsync("INBOX"), await NumberAsync("Archive"));
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 9 }, archive, Ct);
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 6)] = 9, [new(inbox, 7)] = 10, [new(inbox, 8)] = 10 }, archive, Ct);

        var keys = await _locator.KeysAsync(_account, archive, Ct);
        Assert.Equal([new(inbox, 6), new(inbox, 8)], new[] { keys(9), keys(10) });
        Assert.Equal(("INBOX", 5u), await PlaceAsync(new(inbox, 5)));
        Assert.Equal(("Archive", 9u), await PlaceAsync(new(inbox, 6)));

        async Task<(string, uint)> PlaceAsync(MessageKey key) => await _locator.FindAsync(_account, key, Ct) is { } at ? (at.Path, at.Uid) : default;
    }

    [Fact]
    public async Task Alias_of_a_message_that_is_gone_is_dropped_and_no_other()
    {
        var (inbox, archive) = (await NumberAsync("INBOX"), await NumberAsync("Archive"));
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 9 }, archive, Ct);
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 6)] = 10 }, archive, Ct);

        await _locator.DropAsync(_account, archive, [8, 9], Ct);

        Assert.Equal([6], await KeysAsync());
        Assert.Equal(new MessageLocation("INBOX", 1, 5), await _locator.FindAsync(_account, new(inbox, 5), Ct));
        Assert.Equal(new MessageLocation("Archive", 1, 10), await _locator.FindAsync(_account, new(inbox, 6), Ct));
    }

    [Fact]
    public async Task A_listing_of_before_a_rename_takes_no_mailbox_for_gone()
    {
        var (inbox, archive) = (await NumberAsync("INBOX"), await NumberAsync("Archive"));
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 9 }, archive, Ct);
        var before = new Dictionary<string, uint> { ["INBOX"] = 1, ["Archive"] = 1 };
        var known = await _numbers.KnownAsync(_account, Ct);
        using (await _numbers.BeginRenameAsync(_account, Ct))
        {
            await _numbers.DropGoneAsync(_account, await _numbers.KnownAsync(_account, Ct), new Dictionary<string, uint> { ["INBOX"] = 1, ["Old"] = 1 }, Ct);
            await _numbers.RenameAsync(_account, "Archive", "Old", _ => false, Ct);
        }

        await _numbers.DropGoneAsync(_account, known, before, Ct);
        Assert.Equal([5], await KeysAsync());
        Assert.Equal(new MessageLocation("Old", 1, 9), await _locator.FindAsync(_account, new(inbox, 5), Ct));

        await _numbers.DropGoneAsync(_account, await _numbers.KnownAsync(_account, Ct), before, Ct);
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task A_place_that_is_told_late_still_has_its_key()
    {
        var (inbox, archive) = (await NumberAsync("INBOX"), await NumberAsync("Archive"));
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 9 }, archive, Ct);

        await _locator.DropAsync(_account, archive, [9], Ct);

        Assert.Equal(new MessageKey(inbox, 5), (await _locator.KeysAsync(_account, archive, Ct))(9));
    }

    [Fact]
    public async Task Alias_of_a_message_that_moved_on_is_kept()
    {
        var (inbox, archive, junk) = (await NumberAsync("INBOX"), await NumberAsync("Archive"), await NumberAsync("Junk"));
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 9 }, archive, Ct);
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 2 }, junk, Ct);

        await _locator.DropAsync(_account, inbox, [5], Ct);
        await _locator.DropAsync(_account, archive, [9], Ct);

        Assert.Equal([5], await KeysAsync());
        Assert.Equal(new MessageLocation("Junk", 1, 2), await _locator.FindAsync(_account, new(inbox, 5), Ct));
    }

    [Fact]
    public async Task A_move_under_way_is_waited_for()
    {
        var (inbox, archive, junk) = (await NumberAsync("INBOX"), await NumberAsync("Archive"), await NumberAsync("Junk"));
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 9 }, archive, Ct);

        Task dropping;
        using (_locator.BeginMove(_account))
        {
            dropping = _locator.DropAsync(_account, archive, [9], Ct);
            Assert.False(dropping.IsCompleted);
            await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 5)] = 2 }, junk, Ct);
        }

        await dropping;
        Assert.Equal([5], await KeysAsync());
        Assert.Equal(new MessageLocation("Junk", 1, 2), await _locator.FindAsync(_account, new(inbox, 5), Ct));
    }

    [Fact]
    public async Task Aliases_go_with_a_mailbox_that_is_deleted_or_made_anew()
    {
        var (inbox, archive, junk, spam, fresh) = (
            await NumberAsync("INBOX"), await NumberAsync("Archive"), await NumberAsync("Junk"), await NumberAsync("Spam"), await NumberAsync("Fresh"));
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 1)] = 9 }, archive, Ct);
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 2)] = 9 }, junk, Ct);
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 3)] = 9 }, spam, Ct);
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(inbox, 4)] = 9 }, fresh, Ct);
        await _locator.MoveAsync(_account, new Dictionary<MessageKey, uint> { [new(archive, 5)] = 9 }, inbox, Ct);

        // Archive is deleted, Junk made anew, of Spam the server does not tell, Fresh was made while it listed.
        await _numbers.DropGoneAsync(_account, ([inbox, archive, junk, spam], 0), new Dictionary<string, uint> { ["INBOX"] = 1, ["Junk"] = 2, ["Spam"] = 0 }, Ct);

        Assert.Equal([3, 4, 5], await KeysAsync());
    }

    private ValueTask<MailboxId> NumberAsync(string path) => _numbers.NumberAsync(_account, path, uidValidity: 1, Ct);

    /// <summary>The UIDs of the keys that the store has aliases for.</summary>
    private async Task<List<long>> KeysAsync()
    {
        await using var db = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
        return await db.Aliases.Where(a => a.Account == _account).Select(a => a.KeyUid).OrderBy(uid => uid).ToListAsync(Ct);
    }
}
