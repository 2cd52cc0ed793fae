namespace Gateway.Features.Mailboxes;

/// <summary>How full an account's mail store is (RFC 9208). What the server does not limit, or does not tell, is absent.</summary>
/// <param name="Supported">Whether the server tells of quotas at all.</param>
/// <param name="UsedBytes">Bytes in use.</param>
/// <param name="MaxBytes">Bytes there may be.</param>
/// <param name="UsedMessages">Messages there are.</param>
/// <param name="MaxMessages">Messages there may be.</param>
public sealed record Quota(bool Supported, long? UsedBytes, long? MaxBytes, long? UsedMessages, long? MaxMessages);
