namespace Gateway.Features.Accounts;

/// <summary>How an account stands with its mail server.</summary>
public enum AccountState
{
    Connecting,
    Connected,
    AuthenticationFailed,
    Unreachable,
}
