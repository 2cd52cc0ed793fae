using Gateway.Storage;

namespace Gateway.Features.Session;

/// <summary>One browser that is signed in.</summary>
/// <param name="Id">Session id.</param>
/// <param name="UserAgent">What the browser called itself at sign-in.</param>
/// <param name="CreatedAt">When it signed in.</param>
/// <param name="LastSeenAt">When it was last heard of, to the minute.</param>
/// <param name="IsCurrent">Whether it is the one that asks.</param>
public sealed record SignedInSession(string Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsCurrent)
{
    internal static SignedInSession From(SessionRecord record, Guid current) =>
        new(record.Id.ToString("N"), record.UserAgent, record.CreatedAt, record.LastSeenAt, record.Id == current);
}
