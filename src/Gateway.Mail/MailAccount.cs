namespace Gateway.Mail;

/// <summary>What the engine needs to open a session for an account.</summary>
/// <param name="CredentialsVersion">Raised whenever servers or credentials change; sessions opened under an older one are discarded.</param>
public sealed record MailAccount(
    AccountId Id, ServerAddress? Imap, ServerAddress? Smtp, string Username, string Password, int CredentialsVersion)
{
    /// <summary>Leaves the password out, so that a record in a log line gives nothing away.</summary>
    public override string ToString() => $"account {Id}";
}
