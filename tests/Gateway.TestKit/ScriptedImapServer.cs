using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.TestKit;

/// <summary>An IMAP server on a loopback port that answers happily unless a test says otherwise.</summary>
public sealed partial class ScriptedImapServer : IAsyncDisposable
{
    private readonly ScriptedSignal _signal = new();
    private readonly ScriptedListener _listener;
    private readonly ConcurrentDictionary<string, Func<ScriptedImapSession, ScriptedCommand, Task>> _overrides = new();
    private readonly ConcurrentDictionary<ScriptedImapSession, bool> _sessions = new();
    private readonly ConcurrentQueue<ScriptedCommand> _commands = new();
    private int _logins;

    public ScriptedImapServer()
    {
        Inbox = AddMailbox("INBOX");
        _listener = new(_signal, ServeAsync);
    }

    public int Port => _listener.Port;

    public string Password { get; set; } = "secret";

    public string Greeting { get; set; } = "* OK Ready.";

    public string Capabilities { get; set; } = "IMAP4rev1 SASL-IR AUTH=PLAIN IDLE NAMESPACE UIDPLUS MOVE UNSELECT";

    /// <summary>What it shows when it speaks TLS.</summary>
    public ScriptedCertificate? Certificate { get; init; }

    /// <summary>TLS from the first byte; else only after STARTTLS.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Takes the connection and answers nothing, not even the handshake.</summary>
    public bool IgnoresHandshakes { get; set; }

    public ScriptedMailbox Inbox { get; }

    public ConcurrentQueue<ScriptedMailbox> Mailboxes { get; } = new();

    /// <summary>Every command so far, in the order it came.</summary>
    public IReadOnlyCollection<ScriptedCommand> Commands => _commands;

    public int Logins => Volatile.Read(ref _logins);

    public int Accepted => _listener.Accepted;

    public int Open => _listener.Open;

    public int MaxOpen => _listener.MaxOpen;

    public IEnumerable<ScriptedImapSession> Sessions => _sessions.Keys;

    public ScriptedMailbox AddMailbox(string path)
    {
        var mailbox = new ScriptedMailbox(this, path);
        Mailboxes.Enqueue(mailbox);
        return mailbox;
    }

    /// <summary>Answers this command so from now on.</summary>
    public void On(string command, Func<ScriptedImapSession, ScriptedCommand, Task> answer) => _overrides[command] = answer;

    /// <summary>Answers this command so once, and happily again after.</summary>
    public void Once(string command, Func<ScriptedImapSession, ScriptedCommand, Task> answer)
    {
        var done = 0;
        On(command, (session, sent) => Interlocked.Exchange(ref done, 1) == 0 ? answer(session, sent) : session.AnswerAsync(sent));
    }

    public void Happily(string command) => _overrides.TryRemove(command, out _);

    public int Count(string command) => _commands.Count(c => c.Name == command);

    /// <summary>Waits until something has happened here, or wherever the condition looks.</summary>
    public Task UntilAsync(Func<bool> condition, CancellationToken ct) => _signal.UntilAsync(condition, ct);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    internal void Raise() => _signal.Raise();

    internal void CountLogin() => Interlocked.Increment(ref _logins);

    internal Task TellAsync(ScriptedMailbox mailbox) =>
        Task.WhenAll(_sessions.Keys.Where(s => s.IsIdling && s.Selected == mailbox).Select(s => s.TellAsync()));

    private async Task ServeAsync(ScriptedConnection connection)
    {
        if (IgnoresHandshakes)
        {
            while (await connection.ReadLineAsync() is not null) { }

            return;
        }

        if (ImplicitTls) { await connection.StartTlsAsync(Certificate!.Leaf); }

        using var session = new ScriptedImapSession(this, connection);
        _sessions[session] = true;
        try
        {
            await connection.WriteLineAsync(Greeting);
            while (await ReadCommandAsync(connection) is { } command)
            {
                _commands.Enqueue(command);
                _signal.Raise();
                await (_overrides.TryGetValue(command.Name, out var answer) ? answer(session, command) : session.AnswerAsync(command));
            }
        }
        finally { _sessions.TryRemove(session, out _); }
    }

    private static async Task<ScriptedCommand?> ReadCommandAsync(ScriptedConnection connection)
    {
        var text = await connection.ReadLineAsync();
        while (text is not null && LiteralSize().Match(text) is { Success: true } literal)
        {
            if (!literal.Value.Contains('+', StringComparison.Ordinal)) { await connection.WriteLineAsync("+ go on"); }

            text = text[..literal.Index] + await connection.ReadAsync(int.Parse(literal.Groups[1].Value, CultureInfo.InvariantCulture)) + await connection.ReadLineAsync();
        }

        return text is null ? null : ScriptedCommand.Parse(text);
    }

    [GeneratedRegex(@"\{(\d+)\+?\}$")]
    private static partial Regex LiteralSize();
}
