using System.Text;

namespace Gateway.TestKit.Faults;

/// <summary>Waits for a link to carry a text or so many bytes in one direction, and then breaks that link. It springs once.</summary>
internal sealed class Trap(Toward way, LinkEnd end, string text, long bytes)
{
    private readonly TaskCompletionSource _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Toward Way => way;

    public LinkEnd End => end;

    /// <summary>Completes when it has sprung.</summary>
    public Task Sprung => _sprung.Task;

    /// <summary>So much of what went before has to be known to find the text.</summary>
    public int Memory => Math.Max(0, text.Length - 1);

    /// <summary>How much of the piece still passes when it springs at it; null when it does not. The text itself never passes.</summary>
    /// <param name="before">How many bytes the link has carried before.</param>
    /// <param name="tail">The last of them.</param>
    public int? Look(long before, string tail, ReadOnlySpan<byte> piece)
    {
        if (text.Length == 0) { return before + piece.Length >= bytes ? (int)Math.Max(0, bytes - before) : null; }

        var known = tail.Length > Memory ? tail[^Memory..] : tail;
        var found = (known + Encoding.Latin1.GetString(piece)).IndexOf(text, StringComparison.Ordinal);
        return found < 0 ? null : Math.Max(0, found - known.Length);
    }

    public void Spring() => _sprung.TrySetResult();
}
