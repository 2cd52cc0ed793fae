using System.Globalization;

namespace Gateway.TestKit;

/// <summary>A canned message of a scripted mailbox.</summary>
public sealed record ScriptedMessage(uint Uid, string Subject, string Flags)
{
    public string Raw => $"From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: {Subject}\r\nMessage-ID: <{Uid}@example.org>\r\n\r\nHello {Uid}\r\n";

    /// <summary>The answer to one FETCH item.</summary>
    public string Item(string item) => item switch
    {
        "UID" => $"UID {Uid}",
        "FLAGS" => $"FLAGS ({Flags})",
        "INTERNALDATE" => "INTERNALDATE \"01-Feb-2026 10:00:00 +0000\"",
        "RFC822.SIZE" => string.Create(CultureInfo.InvariantCulture, $"RFC822.SIZE {Raw.Length}"),
        "ENVELOPE" => $"ENVELOPE (\"Sun, 01 Feb 2026 10:00:00 +0000\" \"{Subject}\" ((\"Ann\" NIL \"ann\" \"example.org\")) NIL NIL ((NIL NIL \"bob\" \"example.org\")) NIL NIL NIL \"<{Uid}@example.org>\")",
        "BODYSTRUCTURE" => "BODYSTRUCTURE (\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" 10 1 NIL NIL NIL NIL)",
        "BODY[]" => $"BODY[] {{{Raw.Length}}}\r\n{Raw}",
        _ => $"{item} {{2}}\r\n\r\n",
    };
}
