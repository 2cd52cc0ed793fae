using System.Diagnostics.CodeAnalysis;

namespace Gateway.Mail;

/// <summary>The stable public id of a message: where it was first seen. It survives moves; its UID there does not have to.</summary>
public readonly record struct MessageKey(MailboxId Mailbox, uint Uid) : IParsable<MessageKey>
{
    private const char Kind = 'm';

    public static MessageKey Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var key) ? key : throw new FormatException("Not a message id.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MessageKey result)
    {
        Span<uint> numbers = stackalloc uint[2];
        var ok = OpaqueId.TryRead(Kind, s, numbers);
        result = ok ? new(new(numbers[0]), numbers[1]) : default;
        return ok;
    }

    public override string ToString() => OpaqueId.Write(Kind, Mailbox.Number, Uid);
}
