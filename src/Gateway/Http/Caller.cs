using System.Collections.Frozen;
using Gateway.Mail;

namespace Gateway.Http;

/// <summary>Who sends a request, what they may do, and to which accounts.</summary>
/// <param name="Accounts">The accounts within reach; null means every one.</param>
/// <param name="Session">The webmail session, or null for an API key.</param>
/// <param name="Home">The account a session was signed in with.</param>
internal sealed record Caller(Guid Id, Scopes Scopes, FrozenSet<AccountId>? Accounts, Guid? Session, AccountId? Home = null)
{
    /// <summary>The account that <c>me</c> stands for: the one signed in with, or the only one within reach.</summary>
    public AccountId? Me => Home ?? (Accounts is { Count: 1 } ? Accounts.Items[0] : null);

    /// <param name="wanted">A scope, or several of which any will do.</param>
    public bool May(Scopes wanted) => (Scopes & wanted) != Scopes.None || Scopes.HasFlag(Scopes.Admin);

    public bool Reaches(AccountId account) => Accounts is null || Accounts.Contains(account);
}
