using System.Text;
using Gateway.Mail.Faults;
using MailKit;

namespace Gateway.Mail.Imap;

/// <summary>Looks at each chunk from the server before it is parsed: nesting is limited, and the words of a refusal are kept.</summary>
internal sealed class ReceivedBytes : IProtocolLogger
{
    private const int MaxDepth = 256;
    private const int MaxWords = 600;

    private readonly StringBuilder _line = new();

    private Action? _saidBye;

    private At _at;
    private int _depth;
    private long _literal;

    private enum At
    {
        Plain,
        Quoted,
        Escaped,
        LiteralSize,
        LiteralLineEnd,
        Literal,
    }

    /// <summary>What the server said with its last NO, BAD or BYE, its response code included: MailKit's exceptions leave both out.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The server has taken its leave (BYE). Some then leave the link open, and an IDLE would go on for ever.</summary>
    public bool SaidBye { get; private set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void WhenBye(Action? act) => _saidBye = act;

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        for (var i = offset; i < offset + count; i++)
        {
            if (_at != At.Literal)
            {
                Step(buffer[i]);
                continue;
            }

            var skipped = (int)Math.Min(_literal, offset + count - i);
            _literal -= skipped;
            i += skipped - 1;
            if (_literal == 0) { _at = At.Plain; }
        }
    }

    public void Dispose()
    {
    }

    private void Step(byte b)
    {
        Keep(b);
        switch (_at)
        {
            case At.Quoted when b is not ((byte)'"' or (byte)'\\' or (byte)'\n'): break;
            case At.Quoted: (_at, _depth) = b switch { (byte)'"' => (At.Plain, _depth), (byte)'\\' => (At.Escaped, _depth), _ => (At.Plain, 0) }; break;
            case At.Escaped: _at = At.Quoted; break;
            case At.LiteralSize when b is >= (byte)'0' and <= (byte)'9': _literal = Math.Min(_literal * 10 + (b - '0'), uint.MaxValue); break;
            case At.LiteralSize when b == '+': break;
            case At.LiteralSize when b == '}': _at = At.LiteralLineEnd; break;
            case At.LiteralLineEnd when b == '\r': break;
            case At.LiteralLineEnd when b == '\n': _at = _literal > 0 ? At.Literal : At.Plain; break;
            default: Plain(b); break;
        }
    }

    private void Keep(byte b)
    {
        if (b != '\n')
        {
            if (_line.Length < MaxWords) { _line.Append((char)b); }

            return;
        }

        var words = _line.ToString().TrimEnd('\r').Split(' ', 3);
        _line.Clear();
        if (words is [_, "NO" or "BAD" or "BYE", var text]) { Refusal = text; }

        if (words is not ["*", "BYE", ..]) { return; }

        SaidBye = true;
        _saidBye?.Invoke();
    }

    private void Plain(byte b)
    {
        _at = At.Plain;
        switch (b)
        {
            case (byte)'"': _at = At.Quoted; break;
            case (byte)'{': (_at, _literal) = (At.LiteralSize, 0); break;
            case (byte)'\n': _depth = 0; break;
            case (byte)')' when _depth > 0: _depth--; break;
            case (byte)'(' when ++_depth > MaxDepth: throw new MailException(MailFault.Protocol, "The server's answer is nested too deeply.");
        }
    }
}
