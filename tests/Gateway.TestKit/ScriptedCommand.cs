namespace Gateway.TestKit;

/// <summary>A command as the client sent it; literals stand in its text as they came.</summary>
/// <param name="Name">In upper case; with UID before it where the client said so: <c>UID FETCH</c>.</param>
public sealed record ScriptedCommand(string Tag, string Name, string Arguments)
{
    public static ScriptedCommand Parse(string line)
    {
        var words = line.Split(' ', 3);
        var name = words.ElementAtOrDefault(1)?.ToUpperInvariant() ?? "";
        var rest = words.ElementAtOrDefault(2) ?? "";
        if (name != "UID") { return new(words[0], name, rest); }

        var inner = rest.Split(' ', 2);
        return new(words[0], "UID " + inner[0].ToUpperInvariant(), inner.ElementAtOrDefault(1) ?? "");
    }
}
