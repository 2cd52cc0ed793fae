using System.Diagnostics.CodeAnalysis;

namespace Gateway.Mail;

/// <summary>Names one account: 32 lower-case hexadecimal digits on the wire, ordered by creation.</summary>
public readonly record struct AccountId(Guid Value) : IParsable<AccountId>
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

    public override string ToString() => Value.ToString("N");
}
