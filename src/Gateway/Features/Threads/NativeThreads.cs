namespace Gateway.Features.Threads;

/// <summary>Whether a server knows conversations itself.</summary>
internal enum NativeThreads
{
    None,

    /// <summary>THREADID (RFC 8474).</summary>
    ObjectId,

    /// <summary>X-GM-THRID.</summary>
    Gmail,
}
