using System.Text;
using Gateway.Mail.Faults;
using MailKit;

namespace Gateway.Mail.Imap;

/// <summary>Looks at each chunk from the server before it is parsed: nesting is limited, and the words of a refusal are kept.</summary>
internal sealed class ReceivedBytes : IProtocolLogger
{
    private const int MaxWords = 600;

    private readonly byte[] _line = new byte[MaxWords];
    private readonly NestingLimit _nesting = new();
    private int _lineLength;
    private Action? _saidBye;
    private Action? _toldElsewhere;
    private Action? _overflowed;

    /// <summary>What the server said with its last NO, BAD or BYE, its response code included: MailKit's exceptions leave both out.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The server has taken its leave (BYE). Some then leave the link open, and an IDLE would go on for ever.</summary>
    public bool SaidBye { get; private set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void WhenBye(Action? act) => _saidBye = act;

    /// <summary>The server tells of a mailbox that is not selected, be it asked or not; or that it has more to tell than it can (RFC 5465).</summary>
    public void WhenElsewhere(Action told, Action overflowed) => (_toldElsewhere, _overflowed) = (told, overflowed);

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        for (var rest = buffer.AsSpan(offset, count); rest.Length > 0;)
        {
            rest = rest[_nesting.Skip(rest)..];
            if (rest.Length == 0) { return; }

            var run = _nesting.Run(rest);
            Keep(rest[..run]);
            rest = rest[run..];
            if (rest.Length == 0) { return; }

            _nesting.Step(rest[0]);
            Keep(rest[0]);
            rest = rest[1..];
        }
    }

    public void Dispose()
    {
    }

    private void Keep(ReadOnlySpan<byte> run)
    {
        run = run[..Math.Min(run.Length, MaxWords - _lineLength)];
        run.CopyTo(_line.AsSpan(_lineLength));
        _lineLength += run.Length;
    }

    private void Keep(byte b)
    {
        if (b != '\n')
        {
            if (_lineLength < MaxWords) { _line[_lineLength++] = b; }

            return;
        }

        var line = _line.AsSpan(0, _lineLength);
        _lineLength = 0;
        if (line.StartsWith("* STATUS "u8) || line.StartsWith("* LIST "u8)) { _toldElsewhere?.Invoke(); }
        else if (line.StartsWith("* OK [NOTIFICATIONOVERFLOW]"u8)) { _overflowed?.Invoke(); }

        var words = line[(line.IndexOf((byte)' ') + 1)..];
        var isBye = words.StartsWith("BYE"u8);
        if (!isBye && !words.StartsWith("NO "u8) && !words.StartsWith("BAD "u8)) { return; }

        Refusal = Encoding.UTF8.GetString(words[(words.IndexOf((byte)' ') + 1)..]).TrimEnd();
        if (!isBye || line[0] != '*') { return; }

        SaidBye = true;
        _saidBye?.Invoke();
    }
}
