namespace Gateway.Rendering;

/// <summary>How a check of the sender ended (RFC 8601 section 2.7).</summary>
public enum AuthenticationVerdict
{
    /// <summary>There was nothing to check.</summary>
    None,
    Pass,
    Fail,
    SoftFail,
    Neutral,

    /// <summary>It passed, but not as the receiver asks for.</summary>
    Policy,
    TemporaryError,
    PermanentError,
}
