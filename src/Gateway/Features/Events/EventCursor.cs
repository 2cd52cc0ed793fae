using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Gateway.Mail;

namespace Gateway.Features.Events;

/// <summary>A place in the event log: after this event of this account.</summary>
internal readonly record struct EventCursor(AccountId Account, long Number)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out EventCursor cursor)
    {
        cursor = default;
        if (text?.Split('-') is not [var account, var number]
            || !AccountId.TryParse(account, null, out var id)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var after)) { return false; }

        cursor = new(id, after);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Account}-{Number}");
}
