namespace Gateway.Features.Messages;

/// <summary>Passes on some of what is written to it: the bytes from one place on, so many of them.</summary>
internal sealed class CutStream(Stream target, long from, long length) : Stream
{
    private readonly long _end = length > long.MaxValue - from ? long.MaxValue : from + length;
    private long _written;

    /// <summary>What is written from now on is passed over.</summary>
    public bool IsDone => _written >= _end;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    /// <summary>How many bytes were written, passed on or not.</summary>
    public override long Position { get => _written; set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var kept = Kept(buffer.Length);
        _written += buffer.Length;
        if (kept.Start.Value < kept.End.Value) { await target.WriteAsync(buffer[kept], cancellationToken); }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private Range Kept(int count) =>
        (int)Math.Clamp(from - _written, 0, count)..(int)Math.Clamp(_end - _written, 0, count);
}
