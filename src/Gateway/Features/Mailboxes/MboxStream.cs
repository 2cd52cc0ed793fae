using System.Buffers;
using System.Text;

namespace Gateway.Features.Mailboxes;

/// <summary>Writes messages as one mbox (RFC 4155, the quoting of mboxrd): bytes written to it belong to the message begun last.</summary>
/// <remarks>Line ends become LF, and a line that begins with any number of &gt; and "From " gets one more &gt;, so that reading turns it back. It buffers a piece, never a message.</remarks>
internal sealed class MboxStream(Stream target) : Stream
{
    private static readonly byte[] From = "From "u8.ToArray();

    private readonly ArrayBufferWriter<byte> _out = new();
    private string? _separator;
    private bool _lineStart;
    private int _matched;
    private bool _heldReturn;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The bytes that follow are those of another message. Without any, nothing is written of it.</summary>
    /// <param name="separator">The line before it, without its end.</param>
    public void Begin(string separator) => _separator = separator;

    /// <summary>The message is whole.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        if (_separator is not null) { return; } // it had no bytes

        EndMatch();
        if (_heldReturn) { Put((byte)'\r'); }

        (_heldReturn, _matched) = (false, 0);
        if (!_lineStart) { Put((byte)'\n'); }

        Put((byte)'\n');
        await FlushAsync(ct);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0) { return; }

        if (_separator is { } separator)
        {
            Encoding.UTF8.GetBytes(separator, _out);
            Put((byte)'\n');
            (_separator, _lineStart) = (null, true);
        }

        foreach (var one in buffer.Span) { Take(one); }

        await FlushAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(_out.WrittenMemory, cancellationToken);
        _out.ResetWrittenCount();
    }

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Take(byte one)
    {
        if (_heldReturn)
        {
            _heldReturn = false;
            if (one != '\n') { Text((byte)'\r'); }
        }

        if (one == '\r') { _heldReturn = true; }
        else { Text(one); }
    }

    private void Text(byte one)
    {
        if (_lineStart && one == From[_matched])
        {
            if (++_matched == From.Length)
            {
                Put((byte)'>');
                EndMatch();
            }

            return;
        }

        // The quoted lines of others: their > come before the one that is added, which looks the same.
        var quotes = _lineStart && _matched == 0 && one == '>';
        if (!quotes) { EndMatch(); }

        Put(one);
        _lineStart = quotes || one == '\n';
    }

    /// <summary>What looked like "From " so far goes out as it is.</summary>
    private void EndMatch()
    {
        if (_matched == 0) { return; }

        _out.Write(From.AsSpan(0, _matched));
        (_matched, _lineStart) = (0, false);
    }

    private void Put(byte one)
    {
        _out.GetSpan(1)[0] = one;
        _out.Advance(1);
    }
}
