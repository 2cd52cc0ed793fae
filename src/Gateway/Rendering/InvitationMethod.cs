namespace Gateway.Rendering;

/// <summary>What a calendar message is for (RFC 5546 section 1.4).</summary>
public enum InvitationMethod
{
    Publish,
    Request,
    Reply,
    Add,
    Cancel,
    Refresh,
    Counter,
    DeclineCounter,
}
