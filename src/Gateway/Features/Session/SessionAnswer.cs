using Gateway.Features.Accounts;

namespace Gateway.Features.Session;

/// <summary>The signed-in account, and the token that unsafe requests of this session carry in <c>X-Antiforgery-Token</c>.</summary>
/// <param name="AntiforgeryToken">What unsafe requests carry in <c>X-Antiforgery-Token</c>.</param>
public sealed record SessionAnswer(Account Account, string AntiforgeryToken);
