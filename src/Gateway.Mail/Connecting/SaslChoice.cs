using MailKit.Security;

namespace Gateway.Mail.Connecting;

/// <summary>Picks the one SASL mechanism to sign in with.</summary>
internal static class SaslChoice
{
    public static SaslMechanism? For(ICollection<string> offered, MailAccount account)
    {
        if (offered.Contains("SCRAM-SHA-256")) { return new SaslMechanismScramSha256(account.Username, account.Password); }

        if (offered.Contains("PLAIN")) { return new SaslMechanismPlain(account.Username, account.Password); }

        return offered.Contains("LOGIN") ? new SaslMechanismLogin(account.Username, account.Password) : null;
    }
}
