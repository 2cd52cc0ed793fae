using System.Globalization;
using System.Text;
using MailKit;

namespace Gateway.Mail.Smtp;

/// <summary>Watches what goes out, to know after a broken link whether the mail had left whole.</summary>
internal sealed class SentBytes : IProtocolLogger
{
    private static readonly byte[] FinalDot = "\r\n.\r\n"u8.ToArray();

    private readonly byte[] _tail = new byte[FinalDot.Length];
    private readonly StringBuilder _line = new();
    private bool _inData;
    private long _chunk = -1;

    /// <summary>The last byte of the mail went out: its fate is the server's word now.</summary>
    public bool Complete { get; private set; }

    /// <summary>RCPT went out: with CHUNKING the mail follows without another word of the server.</summary>
    public bool HasRecipients { get; private set; }

    /// <summary>The server asked for the mail (354), so that all of it may be on its way without being noted here yet.</summary>
    public bool IsAskedFor { get; private set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void Reset()
    {
        _line.Clear();
        (_inData, _chunk, Complete, HasRecipients, IsAskedFor) = (false, -1, false, false, false);
        Array.Clear(_tail);
    }

    public void LogConnect(Uri uri)
    {
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (_inData && buffer.AsSpan(offset, count).StartsWith("3"u8)) { IsAskedFor = true; }
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        for (var i = offset; i < offset + count; i++)
        {
            if (_chunk > 0) { Complete = --_chunk == 0; }
            else if (_inData) { Dot(buffer[i]); }
            else { Command(buffer[i]); }
        }
    }

    public void Dispose()
    {
    }

    private void Dot(byte b)
    {
        _tail.AsSpan(1).CopyTo(_tail);
        _tail[^1] = b;
        Complete = _tail.AsSpan().SequenceEqual(FinalDot);
    }

    private void Command(byte b)
    {
        if (b != '\n')
        {
            _line.Append((char)b);
            return;
        }

        var words = _line.ToString().TrimEnd('\r').Split(' ');
        _line.Clear();
        if (words is ["DATA"])
        {
            _inData = true;
            FinalDot.AsSpan(0, 2).CopyTo(_tail.AsSpan(3)); // a mail may begin with the dot line
        }
        else if (words is ["RCPT", ..]) { HasRecipients = true; }
        else if (words is ["BDAT", var size, ..]) { _chunk = long.Parse(size, CultureInfo.InvariantCulture); }
    }
}
