namespace Gateway.Features.Messages;

/// <summary>How messages are read.</summary>
internal sealed class MessageOptions
{
    public const string Section = "Gateway:Messages";

    /// <summary>
    /// Names of mail servers, or of the domains they are in, whose Authentication-Results are believed for every account (RFC 8601), besides
    /// those of its own domain, its IMAP host and its known provider. Default: none. Name only servers that take out what strangers wrote in their name.
    /// </summary>
    public string[] TrustedAuthserv { get; set; } = [];
}
