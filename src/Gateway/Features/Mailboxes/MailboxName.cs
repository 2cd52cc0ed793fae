using Gateway.Rendering.Text;

namespace Gateway.Features.Mailboxes;

/// <summary>What a new name of a mailbox is held to. Names that a server already has are taken as they are.</summary>
internal static class MailboxName
{
    private const int MaxLength = 200;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Fault(string name) =>
        name.Length is 0 or > MaxLength ? $"must have 1 to {MaxLength} characters"
        : name.Any(c => char.IsControl(c) || Characters.IsBidiControl(c) || Characters.IsInvisible(c)) ? "must not hold control or invisible characters"
        : name.AsSpan().ContainsAny('*', '%') ? "must not hold * or %, which IMAP takes for any name"
        : name != name.Trim() ? "must not begin or end with a space"
        : name is "." or ".." ? "is no name"
        : null;

    /// <summary>Only the server knows what parts its names.</summary>
    public static string? Fault(string name, char delimiter) => delimiter != '\0' && name.Contains(delimiter, StringComparison.Ordinal) ? $"must not hold {delimiter}, which parts the server's names" : null;
}
