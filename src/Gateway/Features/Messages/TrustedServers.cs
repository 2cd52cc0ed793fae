using Gateway.Features.Discovery;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Messages;

/// <summary>Whose word about a sender counts for an account (RFC 8601 section 5): its provider's, or its own domain's, or those the operator names.</summary>
internal sealed class TrustedServers(IDbContextFactory<GatewayDb> store, KnownProviders providers, IOptions<MessageOptions> options)
{
    public async Task<Func<string, bool>> OfAsync(AccountId account, CancellationToken ct)
    {
        var names = await NamesAsync(account, ct);
        return id => names.Any(name => Is(id, name));
    }

    /// <summary>The name itself, or one in its domain.</summary>
    internal static bool Is(string id, string name) =>
        id.EndsWith(name, StringComparison.OrdinalIgnoreCase) && (id.Length == name.Length || id[^(name.Length + 1)] == '.');

    private async Task<string[]> NamesAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.Accounts.Where(a => a.Id == account).Select(a => new { a.Email, a.ImapHost }).SingleOrDefaultAsync(ct);
        if (found is null) { return []; }

        string[] own = found.ImapHost is { } host
            ? providers.AuthservOf(host) is { } known ? [known] : [host, EmailParts.AsciiDomain(found.Email[(found.Email.LastIndexOf('@') + 1)..]) ?? host]
            : [];
        return [.. own, .. options.Value.TrustedAuthserv];
    }
}
