namespace Gateway.TestKit.Faults;

/// <summary>What becomes of a link.</summary>
public enum LinkEnd
{
    /// <summary>Both sides get a RST, as from a machine that was restarted.</summary>
    Reset,

    /// <summary>Both sides are closed in order.</summary>
    Close,

    /// <summary>It looks open to both sides, and nothing comes over it any more.</summary>
    Freeze,
}
