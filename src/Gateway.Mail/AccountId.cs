using System.Diagnostics.CodeAnalysis;

namespace Gateway.Mail;

/// <summary>Names one account: 32 lower-case hexadecimal digits on the wire, ordered by creation.</summary>
public readonly record struct AccountId(Guid Value) : IParsable<AccountId>, IComparable<AccountId>
{
    public static AccountId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    public static AccountId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not an account id.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccountId result)
    {
        var ok = Guid.TryParseExact(s, "N", out var value);
        result = new(value);
        return ok;
    }

    /// <summary>Orders as the wire text does, which is by creation.</summary>
    public int CompareTo(AccountId other) => string.CompareOrdinal(ToString(), other.ToString());

    public static bool operator <(AccountId left, AccountId right) => left.CompareTo(right) < 0;

    public static bool operator >(AccountId left, AccountId right) => left.CompareTo(right) > 0;

    public static bool operator <=(AccountId left, AccountId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AccountId left, AccountId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value.ToString("N");
}
