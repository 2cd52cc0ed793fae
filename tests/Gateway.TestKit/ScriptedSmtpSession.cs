using System.Globalization;
using System.Text;

namespace Gateway.TestKit;

/// <summary>One client's session with a scripted SMTP server, and the happy answer to each command.</summary>
public sealed class ScriptedSmtpSession
{
    private readonly ScriptedSmtpServer _server;
    private readonly List<string> _recipients = [];
    private readonly StringBuilder _content = new();
    private string _sender = "";

    internal ScriptedSmtpSession(ScriptedSmtpServer server, ScriptedConnection connection) => (_server, Connection) = (server, connection);

    public ScriptedConnection Connection { get; }

    public Task ReplyAsync(string reply) => Connection.WriteLineAsync(reply);

    /// <summary>The happy answer. <c>.</c> stands for the end of the data.</summary>
    public Task AnswerAsync(string name, string arguments) => name switch
    {
        "EHLO" => ReplyAsync("250-scripted\r\n" + string.Concat(_server.Extensions.SkipLast(1).Select(e => $"250-{e}\r\n")) + "250 " + _server.Extensions[^1]),
        "AUTH" => AuthenticateAsync(arguments),
        "STARTTLS" => StartTlsAsync(),
        "MAIL" => BeginAsync(arguments),
        "RCPT" => AddRecipientAsync(arguments),
        "DATA" => TakeDataAsync(),
        "." => FinishAsync(),
        "BDAT" => TakeChunkAsync(arguments),
        "RSET" => ResetAsync(),
        "QUIT" => LeaveAsync(),
        _ => ReplyAsync("250 2.0.0 Fine"),
    };

    /// <summary>Reads mail bytes up to the final dot, after 354.</summary>
    /// <exception cref="EndOfStreamException">The client left before: what it sent is no mail (RFC 5321 section 4.1.1.4).</exception>
    public async Task ReadDataAsync()
    {
        for (string? line; (line = await Connection.ReadLineAsync()) != "."; _content.Append(line).Append("\r\n"))
        {
            if (line is null) { throw new EndOfStreamException(); }
        }
    }

    public async Task ReadChunkAsync(string arguments)
    {
        var size = int.Parse(arguments.Split(' ')[0], CultureInfo.InvariantCulture);
        _content.Append(await Connection.ReadAsync(size));
    }

    private static string Address(string arguments) => arguments.Split('<', '>')[1];

    private async Task AuthenticateAsync(string arguments)
    {
        _server.CountLogin();
        var response = arguments.Split(' ').ElementAtOrDefault(1);
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(response ?? ""));
        await ReplyAsync(text.EndsWith("\0" + _server.Password, StringComparison.Ordinal) ? "235 2.7.0 Welcome" : "535 5.7.8 Wrong name or password");
    }

    private async Task StartTlsAsync()
    {
        await ReplyAsync("220 2.0.0 Begin");
        await Connection.StartTlsAsync(_server.Certificate!.Leaf);
    }

    private Task BeginAsync(string arguments)
    {
        _sender = Address(arguments);
        return ReplyAsync("250 2.1.0 Sender fine");
    }

    private Task AddRecipientAsync(string arguments)
    {
        _recipients.Add(Address(arguments));
        return ReplyAsync("250 2.1.5 Recipient fine");
    }

    private async Task TakeDataAsync()
    {
        await ReplyAsync("354 Go on");
        await ReadDataAsync();
        await _server.AnswerAsync(this, ".", "");
    }

    private async Task TakeChunkAsync(string arguments)
    {
        await ReadChunkAsync(arguments);
        if (arguments.EndsWith("LAST", StringComparison.Ordinal)) { await FinishAsync(); }
        else { await ReplyAsync("250 2.0.0 Chunk fine"); }
    }

    private Task FinishAsync()
    {
        _server.Take(new(_sender, [.. _recipients], _content.ToString()));
        Clear();
        return ReplyAsync("250 2.0.0 Queued as 1");
    }

    private Task ResetAsync()
    {
        Clear();
        return ReplyAsync("250 2.0.0 Reset");
    }

    private async Task LeaveAsync()
    {
        await ReplyAsync("221 2.0.0 Farewell");
        Connection.Drop();
    }

    private void Clear()
    {
        _recipients.Clear();
        _content.Clear();
    }
}
