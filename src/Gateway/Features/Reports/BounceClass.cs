namespace Gateway.Features.Reports;

/// <summary>Why a mail came back, by what is to be done about it.</summary>
public enum BounceClass
{
    /// <summary>The server gave no reason that is known.</summary>
    Unknown,

    /// <summary>There is no such address, or no such domain: do not write to it again.</summary>
    Hard,

    /// <summary>For the moment: the server, the network, or a limit.</summary>
    Soft,

    /// <summary>The recipient's mailbox is full.</summary>
    Full,

    /// <summary>The mail is larger than the recipient's server takes.</summary>
    TooLarge,

    /// <summary>Refused by rule: taken for spam, not authorised, not authenticated.</summary>
    Policy,
}
