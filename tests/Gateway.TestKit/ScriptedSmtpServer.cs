using System.Collections.Concurrent;

namespace Gateway.TestKit;

/// <summary>An SMTP submission server on a loopback port that answers happily unless a test says otherwise.</summary>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly ScriptedSignal _signal = new();
    private readonly ScriptedListener _listener;
    private readonly ConcurrentDictionary<string, Func<ScriptedSmtpSession, string, Task>> _overrides = new();
    private readonly ConcurrentDictionary<ScriptedSmtpSession, bool> _sessions = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentQueue<ScriptedMail> _mails = new();
    private int _logins;

    public ScriptedSmtpServer() => _listener = new(_signal, ServeAsync);

    public int Port => _listener.Port;

    public string Password { get; set; } = "secret";

    public string Greeting { get; set; } = "220 scripted ESMTP";

    /// <summary>What EHLO lists.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = ["PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "AUTH PLAIN"];

    /// <summary>What it shows after STARTTLS.</summary>
    public ScriptedCertificate? Certificate { get; init; }

    /// <summary>Every command line so far, in the order it came.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    public IReadOnlyCollection<ScriptedMail> Mails => _mails;

    public int Logins => Volatile.Read(ref _logins);

    public int Accepted => _listener.Accepted;

    public int Open => _listener.Open;

    public int MaxOpen => _listener.MaxOpen;

    public IEnumerable<ScriptedSmtpSession> Sessions => _sessions.Keys;

    /// <summary>Answers this command so from now on; it gets the arguments. <c>.</c> stands for the end of the data.</summary>
    public void On(string command, Func<ScriptedSmtpSession, string, Task> answer) => _overrides[command] = answer;

    public void Reply(string command, string reply) => On(command, (session, _) => session.ReplyAsync(reply));

    /// <summary>How this command is answered now.</summary>
    public Func<ScriptedSmtpSession, string, Task> Answer(string command) =>
        _overrides.TryGetValue(command, out var answer) ? answer : (session, arguments) => session.AnswerAsync(command, arguments);

    public void Happily(string command) => _overrides.TryRemove(command, out _);

    public int Count(string command) => _commands.Count(line => line.Split(' ')[0].Equals(command, StringComparison.OrdinalIgnoreCase));

    /// <summary>Waits until something has happened here, or wherever the condition looks.</summary>
    public Task UntilAsync(Func<bool> condition, CancellationToken ct) => _signal.UntilAsync(condition, ct);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    internal void CountLogin() => Interlocked.Increment(ref _logins);

    internal void Take(ScriptedMail mail) => _mails.Enqueue(mail);

    internal Task AnswerAsync(ScriptedSmtpSession session, string name, string arguments) =>
        Answer(name)(session, arguments);

    private async Task ServeAsync(ScriptedConnection connection)
    {
        var session = new ScriptedSmtpSession(this, connection);
        _sessions[session] = true;
        try
        {
            await connection.WriteLineAsync(Greeting);
            while (await connection.ReadLineAsync() is { } line)
            {
                _commands.Enqueue(line);
                _signal.Raise();
                var words = line.Split(' ', 2);
                await AnswerAsync(session, words[0].ToUpperInvariant(), words.ElementAtOrDefault(1) ?? "");
            }
        }
        finally { _sessions.TryRemove(session, out _); }
    }
}
