using System.Text.Json.Serialization;

namespace Gateway.Features.Accounts;

/// <summary>How an account stands with its mail server.</summary>
public enum AccountState
{
    [JsonStringEnumMemberName("connecting")]
    Connecting,
    [JsonStringEnumMemberName("connected")]
    Connected,
    [JsonStringEnumMemberName("authentication-failed")]
    AuthenticationFailed,
    [JsonStringEnumMemberName("unreachable")]
    Unreachable,
}
