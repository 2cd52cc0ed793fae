using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Gateway.Features.Templates;

/// <summary>Looks through a parsed template for what would fail, or cost too much, once it is filled in.</summary>
internal sealed class LiquidCheck(TemplateOptions options) : AstVisitor
{
    private const int MaxRange = 1000;

    public string? UnknownFilter { get; private set; }

    public string? Fault { get; private set; }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!options.Filters.TryGetValue(filterExpression.Name, out _)) { UnknownFilter ??= filterExpression.Name; }

        return base.VisitFilterExpression(filterExpression);
    }

    /// <summary>The library makes all numbers of a range at once, however many.</summary>
    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        if (Number(rangeExpression.From) is not { } from || Number(rangeExpression.To) is not { } to || Math.Abs(to - from) > MaxRange)
        {
            Fault ??= $"a range goes from one number to another, at most {MaxRange} apart";
        }

        return base.VisitRangeExpression(rangeExpression);
    }

    private static decimal? Number(Expression expression) =>
        expression is LiteralExpression { Value: NumberValue number } && Math.Abs(number.ToNumberValue()) <= int.MaxValue ? number.ToNumberValue() : null;
}
