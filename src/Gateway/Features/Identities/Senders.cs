using Gateway.Mail;
using Gateway.Rendering;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Identities;

/// <summary>Whom an account may write as: itself, and its identities.</summary>
internal sealed class Senders(IDbContextFactory<GatewayDb> store)
{
    private static readonly Func<GatewayDb, AccountId, IAsyncEnumerable<IdentityRecord>> OfAccount = EF.CompileAsyncQuery((GatewayDb db, AccountId account) =>
        db.Identities.AsNoTracking().Where(i => i.Account == account).OrderBy(i => i.CreatedAt).AsQueryable());

    public async Task<SenderChoice> OfAsync(AccountRecord account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return new(new(account.Email, account.DisplayName), await OfAccount(db, account.Id).ToListAsync(ct));
    }
}

/// <summary>The senders of one account.</summary>
internal sealed record SenderChoice(Address Account, IReadOnlyList<IdentityRecord> Identities)
{
    /// <summary>Who a mail is from that does not say.</summary>
    public Address Default => Identities.FirstOrDefault(i => i.IsDefault) is { } chosen ? new(chosen.Email, chosen.Name) : Account;

    /// <summary>One of them as it signs.</summary>
    public Address Named(string address) => Find(address) is { } identity ? new(identity.Email, identity.Name) : Account;

    public bool May(string address) => Account.Email.Equals(address, StringComparison.OrdinalIgnoreCase) || Find(address) is not null;

    /// <summary>Where answers to this sender should go, when not to itself.</summary>
    public Address? ReplyToOf(string address) => Find(address)?.ReplyTo is { } replyTo ? new(replyTo) : null;

    private IdentityRecord? Find(string address) => Identities.FirstOrDefault(i => i.Email.Equals(address, StringComparison.OrdinalIgnoreCase));
}
