using Gateway.Features.Accounts;

namespace Gateway.Features.Session;

/// <summary>The signed-in account, and the token that unsafe requests of this session carry in <c>X-Antiforgery-Token</c>.</summary>
/// <param name="Account">The one signed in with, for which <c>me</c> stands.</param>
/// <param name="AntiforgeryToken">What unsafe requests carry in <c>X-Antiforgery-Token</c>.</param>
/// <param name="Accounts">Every account the session reaches, the one signed in with first.</param>
public sealed record SessionAnswer(Account Account, string AntiforgeryToken, IReadOnlyList<Account> Accounts);
