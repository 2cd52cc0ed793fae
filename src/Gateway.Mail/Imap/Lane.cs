namespace Gateway.Mail.Imap;

/// <summary>Who waits for a session: a person, or work that can wait and never takes an account's last session.</summary>
public enum Lane
{
    Interactive,
    Background,
}
