using System.Globalization;

namespace Gateway.TestKit;

/// <summary>A canned message of a scripted mailbox.</summary>
/// <param name="Fields">Further header fields, each with its line end.</param>
/// <param name="Html">Its body, when it is HTML.</param>
public sealed record ScriptedMessage(uint Uid, string Subject, string Flags, string Fields = "", string? Html = null)
{
    public string Raw => $"{Header}{Text}";

    private string Header => $"From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: {Subject}\r\nMessage-ID: <{Uid}@example.org>\r\n{Fields}\r\n";

    private string Text => Html ?? $"Hello {Uid}\r\n";

    /// <summary>The answer to one FETCH item.</summary>
    public string Item(string item) => item switch
    {
        "UID" => $"UID {Uid}",
        "FLAGS" => $"FLAGS ({Flags})",
        "INTERNALDATE" => "INTERNALDATE \"01-Feb-2026 10:00:00 +0000\"",
        "RFC822.SIZE" => string.Create(CultureInfo.InvariantCulture, $"RFC822.SIZE {Raw.Length}"),
        "ENVELOPE" => $"ENVELOPE (\"Sun, 01 Feb 2026 10:00:00 +0000\" \"{Subject}\" ((\"Ann\" NIL \"ann\" \"example.org\")) NIL NIL ((NIL NIL \"bob\" \"example.org\")) NIL NIL NIL \"<{Uid}@example.org>\")",
        "BODYSTRUCTURE" => string.Create(CultureInfo.InvariantCulture, $"BODYSTRUCTURE (\"text\" \"{(Html is null ? "plain" : "html")}\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" {Text.Length} 1 NIL NIL NIL NIL)"),
        "BODY[]" => $"BODY[] {{{Raw.Length}}}\r\n{Raw}",
        _ when item.StartsWith("BODY[]<0.", StringComparison.Ordinal) => $"BODY[]<0> {{{Raw.Length}}}\r\n{Raw}",
        _ when item.StartsWith("BODY[TEXT]<0.", StringComparison.Ordinal) => $"BODY[TEXT]<0> {{{Text.Length}}}\r\n{Text}",
        _ when item.StartsWith("BODY[HEADER]<0.", StringComparison.Ordinal) => $"BODY[HEADER]<0> {{{Header.Length}}}\r\n{Header}",
        _ => $"{item} {{2}}\r\n\r\n",
    };
}
