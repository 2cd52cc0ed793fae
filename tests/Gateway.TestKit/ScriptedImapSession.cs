using System.Text.RegularExpressions;

namespace Gateway.TestKit;

/// <summary>One client's session with a scripted IMAP server, and the happy answer to each command.</summary>
public sealed partial class ScriptedImapSession : IDisposable
{
    private readonly ScriptedImapServer _server;
    private readonly SemaphoreSlim _telling = new(1);
    private ScriptedMessage[] _told = []; // what this client knows: sequence numbers are places in it

    internal ScriptedImapSession(ScriptedImapServer server, ScriptedConnection connection) => (_server, Connection) = (server, connection);

    public ScriptedConnection Connection { get; }

    public ScriptedMailbox? Selected { get; private set; }

    public bool IsIdling { get; private set; }

    public Task WriteLineAsync(string line) => Connection.WriteLineAsync(line);

    public Task OkAsync(ScriptedCommand command, string text = "Done.") => WriteLineAsync($"{command.Tag} OK {text}");

    public Task NoAsync(ScriptedCommand command, string text) => WriteLineAsync($"{command.Tag} NO {text}");

    /// <summary>The happy answer.</summary>
    public Task AnswerAsync(ScriptedCommand command) => command.Name switch
    {
        "CAPABILITY" => LinesAsync(command, $"* CAPABILITY {_server.Capabilities}"),
        "NAMESPACE" => LinesAsync(command, "* NAMESPACE ((\"\" \"/\")) NIL NIL"),
        "LIST" or "LSUB" => LinesAsync(command, [.. _server.Mailboxes.Where(m => Asks(command, m)).Select(m => $"* {command.Name} () \"/\" \"{m.Path}\"")]),
        "AUTHENTICATE" => AuthenticateAsync(command),
        "LOGIN" => SignInAsync(command, command.Arguments.Contains(_server.Password, StringComparison.Ordinal)),
        "STARTTLS" => StartTlsAsync(command),
        "SELECT" or "EXAMINE" => SelectAsync(command),
        "IDLE" => IdleAsync(command),
        "FETCH" or "UID FETCH" => FetchAsync(command),
        "SEARCH" or "UID SEARCH" => LinesAsync(command, "* SEARCH " + string.Join(' ', _told.Select(m => m.Uid))),
        "STATUS" => StatusAsync(command),
        "APPEND" => AppendAsync(command),
        "CREATE" => CreateAsync(command),
        "LOGOUT" => LogoutAsync(command),
        _ => TellAndOkAsync(command),
    };

    /// <summary>Names that would have to be escaped to be told again are refused, as some servers do.</summary>
    private Task CreateAsync(ScriptedCommand command)
    {
        var path = command.Arguments.Trim().Trim('"');
        if (path.Length == 0 || path.AsSpan().IndexOfAny('"', '\\', '{') >= 0) { return NoAsync(command, "[CANNOT] No such name here."); }

        if (_server.Mailboxes.Any(m => m.Path == path)) { return NoAsync(command, "[ALREADYEXISTS] It is there."); }

        _server.AddMailbox(path);
        return OkAsync(command);
    }

    /// <summary>Tells what changed in the selected mailbox, as a server does in IDLE and after NOOP.</summary>
    public async Task TellAsync()
    {
        if (Selected is not { } mailbox) { return; }

        await _telling.WaitAsync();
        try
        {
            var now = mailbox.Messages.ToArray();
            var lines = new List<string>();
            for (var i = _told.Length - 1; i >= 0; i--)
            {
                if (!now.Any(m => m.Uid == _told[i].Uid)) { lines.Add($"* {i + 1} EXPUNGE"); }
            }

            var kept = _told.Count(known => now.Any(m => m.Uid == known.Uid));
            if (now.Length > kept) { lines.Add($"* {now.Length} EXISTS"); }

            var before = _told.ToDictionary(m => m.Uid);
            for (var i = 0; i < now.Length; i++)
            {
                if (before.TryGetValue(now[i].Uid, out var known) && known.Flags != now[i].Flags) { lines.Add($"* {i + 1} FETCH (UID {now[i].Uid} FLAGS ({now[i].Flags}))"); }
            }

            _told = now;
            if (lines.Count > 0) { await WriteLineAsync(string.Join("\r\n", lines)); }
        }
        finally { _telling.Release(); }
    }

    public void Dispose() => _telling.Dispose();

    private static bool Asks(ScriptedCommand command, ScriptedMailbox mailbox) =>
        command.Arguments.Contains('*', StringComparison.Ordinal) || command.Arguments.Contains('%', StringComparison.Ordinal)
        || Name(command.Arguments) == mailbox.Path;

    private static string Name(string arguments) =>
        arguments is [_, .., '"'] ? arguments[(arguments.LastIndexOf('"', arguments.Length - 2) + 1)..^1] : arguments.Split(' ')[^1];

    private async Task LinesAsync(ScriptedCommand command, params string[] lines)
    {
        foreach (var line in lines) { await WriteLineAsync(line); }

        await OkAsync(command);
    }

    private async Task TellAndOkAsync(ScriptedCommand command)
    {
        await TellAsync();
        await OkAsync(command);
    }

    private async Task AuthenticateAsync(ScriptedCommand command)
    {
        var words = command.Arguments.Split(' ');
        if (words.Length == 1) { await WriteLineAsync("+ "); }

        var response = words.Length > 1 ? words[1] : await Connection.ReadLineAsync() ?? "";
        var text = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(response));
        await SignInAsync(command, text.EndsWith("\0" + _server.Password, StringComparison.Ordinal));
    }

    private Task SignInAsync(ScriptedCommand command, bool right)
    {
        _server.CountLogin();
        return right ? OkAsync(command, $"[CAPABILITY {_server.Capabilities}] Welcome.") : NoAsync(command, "[AUTHENTICATIONFAILED] Wrong name or password.");
    }

    private async Task StartTlsAsync(ScriptedCommand command)
    {
        await OkAsync(command, "Begin.");
        await Connection.StartTlsAsync(_server.Certificate!.Leaf);
    }

    private async Task SelectAsync(ScriptedCommand command)
    {
        var path = Name(command.Arguments.Split(" (")[0]);
        Selected = _server.Mailboxes.FirstOrDefault(m => m.Path == path);
        if (Selected is not { } mailbox)
        {
            await NoAsync(command, "[NONEXISTENT] No such mailbox.");
            return;
        }

        _told = [.. mailbox.Messages];
        await LinesAsync(
            command with { Tag = "*" }, "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)", "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Yes.",
            $"* {_told.Length} EXISTS", "* 0 RECENT", $"* OK [UIDVALIDITY {mailbox.UidValidity}] Valid.", $"* OK [UIDNEXT {mailbox.UidNext}] Next.");
        await OkAsync(command, command.Name == "SELECT" ? "[READ-WRITE] Selected." : "[READ-ONLY] Examined.");
    }

    private Task StatusAsync(ScriptedCommand command)
    {
        var path = Name(command.Arguments.Split(" (")[0]);
        return _server.Mailboxes.FirstOrDefault(m => m.Path == path) is { } mailbox
            ? LinesAsync(command, $"* STATUS \"{path}\" (MESSAGES {mailbox.Messages.Count} UNSEEN {mailbox.Messages.Count(m => !m.Flags.Contains("\\Seen", StringComparison.Ordinal))} UIDVALIDITY {mailbox.UidValidity} UIDNEXT {mailbox.UidNext})")
            : NoAsync(command, "[NONEXISTENT] No such mailbox.");
    }

    private async Task AppendAsync(ScriptedCommand command)
    {
        var path = command.Arguments.Split(' ')[0].Trim('"');
        if (_server.Mailboxes.FirstOrDefault(m => m.Path == path) is not { } mailbox) { await NoAsync(command, "[TRYCREATE] No such mailbox."); }
        else { await OkAsync(command, $"[APPENDUID {mailbox.UidValidity} {await mailbox.DeliverAsync("Appended")}] Stored."); }
    }

    private async Task IdleAsync(ScriptedCommand command)
    {
        await WriteLineAsync("+ idling");
        IsIdling = true;
        await TellAsync();
        _server.Raise();
        var line = await Connection.ReadLineAsync();
        IsIdling = false;
        if (line is not null) { await OkAsync(command); }
    }

    private async Task FetchAsync(ScriptedCommand command)
    {
        var parts = command.Arguments.Split(' ', 2);
        var uids = command.Name == "UID FETCH";
        var items = Items().Matches(parts[1].Trim('(', ')')).Select(m => m.Value.Replace(".PEEK", "", StringComparison.OrdinalIgnoreCase));
        await _telling.WaitAsync(); // no message is fetched before the client was told that it exists
        var told = _told;
        _telling.Release();
        for (var i = 0; i < told.Length; i++)
        {
            if (!IsIn(parts[0], uids ? told[i].Uid : (uint)(i + 1), uids ? told[^1].Uid : (uint)told.Length)) { continue; }

            await WriteLineAsync($"* {i + 1} FETCH ({string.Join(' ', items.Append("UID").Distinct().Select(told[i].Item))})");
        }

        await OkAsync(command);
    }

    private async Task LogoutAsync(ScriptedCommand command)
    {
        await LinesAsync(command, "* BYE Farewell.");
        Connection.Drop();
    }

    private static bool IsIn(string set, uint number, uint last) => set.Split(',').Any(range =>
    {
        var ends = range.Split(':').Select(end => end == "*" ? last : uint.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return number >= ends.Min() && number <= ends.Max();
    });

    [GeneratedRegex(@"[A-Za-z0-9.]+(\[[^\]]*\](<[^>]*>)?)?")]
    private static partial Regex Items();
}
