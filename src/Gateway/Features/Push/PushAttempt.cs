namespace Gateway.Features.Push;

/// <summary>What one push came to.</summary>
/// <param name="Status">The push service's answer; null when there was none.</param>
/// <param name="Wait">How long it asks us to wait.</param>
internal sealed record PushAttempt(int? Status, TimeSpan? Wait = null)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The browser has unsubscribed, or is no more (RFC 8030 section 7.3).</summary>
    public bool IsGone => Status is StatusCodes.Status404NotFound or StatusCodes.Status410Gone;

    /// <summary>Another try may do better.</summary>
    public bool IsRetryable => Status is null or StatusCodes.Status429TooManyRequests or >= 500;
}
