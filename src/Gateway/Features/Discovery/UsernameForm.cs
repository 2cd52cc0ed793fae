namespace Gateway.Features.Discovery;

/// <summary>What a mail server calls its users.</summary>
internal enum UsernameForm
{
    /// <summary>The whole address.</summary>
    Address,

    /// <summary>What stands before the @.</summary>
    LocalPart,
}
