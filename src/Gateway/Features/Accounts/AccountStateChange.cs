namespace Gateway.Features.Accounts;

/// <summary>The data of an <c>account.state</c> event.</summary>
public sealed record AccountStateChange(AccountState State, string? Detail);
