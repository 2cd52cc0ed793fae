namespace Gateway.Mail.Imap;

/// <summary>Why a session was closed.</summary>
internal enum DiscardReason
{
    /// <summary>Unused for too long.</summary>
    Idle,

    /// <summary>Its link broke during a lease, or the server made no sense.</summary>
    Disconnected,

    /// <summary>It did not answer when it was to be used again.</summary>
    Dead,

    /// <summary>Credentials changed, the account was deleted, or the server allows fewer.</summary>
    Outdated,
}
