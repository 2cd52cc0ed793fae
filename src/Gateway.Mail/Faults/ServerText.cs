namespace Gateway.Mail.Faults;

/// <summary>A server's words are untrusted: cut, and without control characters.</summary>
internal static class ServerText
{
    private const int MaxLength = 500;

    public static string? Clean(string? words)
    {
        if (string.IsNullOrWhiteSpace(words)) { return null; }

        var text = words.AsSpan().Trim();
        return string.Concat((text.Length > MaxLength ? text[..MaxLength] : text).ToString().Select(c => char.IsControl(c) ? ' ' : c));
    }
}
