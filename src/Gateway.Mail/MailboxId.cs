using System.Diagnostics.CodeAnalysis;

namespace Gateway.Mail;

/// <summary>The public id of a mailbox: a number allotted once per account, path and UIDVALIDITY.</summary>
public readonly record struct MailboxId(uint Number) : IParsable<MailboxId>
{
    private const char Kind = 'b';

    public static MailboxId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a mailbox id.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MailboxId result)
    {
        Span<uint> numbers = stackalloc uint[1];
        var ok = OpaqueId.TryRead(Kind, s, numbers);
        result = ok ? new(numbers[0]) : default;
        return ok;
    }

    public override string ToString() => OpaqueId.Write(Kind, Number);
}
