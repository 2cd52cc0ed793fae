using System.Buffers.Binary;

namespace Gateway.Features.Submissions;

/// <summary>Makes ids that sort as they were made, since mails leave in that order, also those of one millisecond.</summary>
internal sealed class SubmissionIds
{
    private const int CounterBits = 12;

    private readonly Lock _lock = new();
    private long _last;

    public Guid Next(DateTimeOffset now)
    {
        long next;
        // Milliseconds and counter as one number: a burst beyond the counter borrows from the next millisecond (RFC 9562 section 6.2).
        lock (_lock) { _last = next = Math.Max(_last + 1, now.ToUnixTimeMilliseconds() << CounterBits); }

        const int version = 0x7000, counterMask = (1 << CounterBits) - 1;
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _); // its last 8 bytes carry the variant and 62 random bits
        BinaryPrimitives.WriteInt64BigEndian(bytes, (next >> CounterBits << 16) | version | (next & counterMask));
        return new(bytes, bigEndian: true);
    }
}
