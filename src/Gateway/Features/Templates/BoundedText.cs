using System.Globalization;

namespace Gateway.Features.Templates;

/// <summary>Text as it is written, up to a length and a point in time.</summary>
internal sealed class BoundedText(int most, RenderingDeadline deadline) : StringWriter(CultureInfo.InvariantCulture)
{
    public RenderingDeadline Deadline => deadline;

    public override void Write(char value)
    {
        Take(1);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Take(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Take(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(string? value)
    {
        Take(value?.Length ?? 0);
        base.Write(value);
    }

    private void Take(int count)
    {
        deadline.Check();
        if (GetStringBuilder().Length + (long)count > most) { throw new LiquidException($"becomes longer than {most} characters"); }
    }
}

/// <summary>When a rendering has taken too long.</summary>
internal sealed class RenderingDeadline(TimeProvider clock)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    private readonly long _began = clock.GetTimestamp();

    /// <exception cref="LiquidException">It has.</exception>
    public void Check()
    {
        if (clock.GetElapsedTime(_began) > Within) { throw new LiquidException($"takes longer than {Within.TotalSeconds:0} s"); }
    }
}
