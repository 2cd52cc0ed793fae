namespace Gateway.Mail.Faults;

/// <summary>A mail server or the way to it failed; <see cref="Fault"/> says how.</summary>
/// <param name="serverText">The server's own words, cut at 500 characters, without control characters; null when it said nothing.</param>
public sealed class MailException(MailFault fault, string message, string? serverText = null, Exception? inner = null)
    : Exception(message, inner)
{
    public MailFault Fault { get; } = fault;

    public string? ServerText { get; } = serverText;
}
