using Fluid;
using Fluid.Values;

namespace Gateway.Features.Templates;

/// <summary>How large the values of one rendering may become, and how long it may take: a few lines of Liquid can double a text at each turn.</summary>
internal static class LiquidBounds
{
    public const string Deadline = "gateway.deadline";

    /// <summary>Characters of a value, and of what comes out.</summary>
    public const int MaxText = 1_000_000;
    private const int MaxItems = 100_000;
    private const long MaxProduct = 4_000_000;

    /// <summary>Filters whose result grows as the input times the argument.</summary>
    private static readonly HashSet<string> Multiplying = new(StringComparer.Ordinal) { "replace", "join" };

    private static readonly LiquidException TooLarge = new($"becomes too large: a value may have {MaxText} characters, a list {MaxItems} items");

    public static FilterDelegate Bounded(string name, FilterDelegate filter) => async (input, arguments, context) =>
    {
        ((RenderingDeadline)context.AmbientValues[Deadline]).Check();
        if (Multiplying.Contains(name) && Length(input) * arguments.Values.Max(Length) > MaxProduct) { throw TooLarge; }

        return Checked(await filter(input, arguments, context));
    };

    public static FluidValue Checked(FluidValue value) => value is ArrayValue { Values.Count: > MaxItems } || Length(value) > MaxText ? throw TooLarge : value;

    private static long Length(FluidValue value) => value switch
    {
        StringValue text => text.ToStringValue().Length,
        ArrayValue list => list.Values.Count,
        _ => 1,
    };
}
