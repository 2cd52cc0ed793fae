using Gateway.Mail.Faults;

namespace Gateway.Features.Accounts;

/// <summary>How states are stored, and which one a fault leads to.</summary>
internal static class AccountStates
{
    public static AccountState Parse(string stored) => Enum.Parse<AccountState>(stored, ignoreCase: true);

    public static AccountState After(MailFault? fault) => fault switch
    {
        null => AccountState.Connected,
        MailFault.BadCredentials => AccountState.AuthenticationFailed,
        _ => AccountState.Unreachable,
    };
}
