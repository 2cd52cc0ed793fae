using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gateway.Features.Messages;

/// <summary>A place in a list, newest first: after this UID, which stood at this index then.</summary>
/// <remarks>The UID decides; the index only saves a search while nothing below it was expunged.</remarks>
internal readonly record struct ListCursor(uint Uid, int Index)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out ListCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [var uid, var index]
            || !uint.TryParse(uid, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var u) || u == 0
            || !int.TryParse(index, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var i) || i < 0) { return false; }

        cursor = new(u, i);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Uid:x}.{Index:x}");
}
