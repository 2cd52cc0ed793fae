namespace Gateway.Features.Accounts;

/// <summary>The data of an <c>account.state</c> event.</summary>
/// <param name="Detail">Why, in the mail server's words where it gave any.</param>
public sealed record AccountStateChange(AccountState State, string? Detail);
