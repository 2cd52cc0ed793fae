using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>Goes through a message's bytes as they pass, and stops what the parser could not bear: its time grows with the square of a header field, its memory with the parts.</summary>
internal sealed class ImportLimits
{
    private long _total;
    private int _header;
    private int _field;
    private int _parts;
    private bool _inHeader = true;
    private int _lineLength;
    private int _dashes;

    /// <summary>What is wrong with the bytes so far, if anything.</summary>
    public string? Fault { get; private set; }

    /// <summary>Null when the whole may be imported.</summary>
    public string? End() => Fault ?? (_total == 0 ? "is empty" : null);

    public void Take(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        foreach (var octet in bytes)
        {
            if (octet == 0) { Fault ??= "holds NUL, which IMAP cannot carry"; }

            if (octet == '\r') { continue; }

            if (octet == '\n') { EndLine(); }
            else { Take(octet); }
        }
    }

    private void Take(byte octet)
    {
        if (_lineLength == 0 && octet is not ((byte)' ' or (byte)'\t')) { _field = 0; } // not folded: another field
        if (_lineLength == _dashes && octet == '-' && _dashes < 2) { _dashes++; }

        _lineLength++;
        if (!_inHeader) { return; }

        if (++_header > RenderingLimits.HeaderLength) { Fault ??= $"has a header of more than {RenderingLimits.HeaderLength / 1024} KB"; }
        else if (++_field > RenderingLimits.HeaderFieldLength) { Fault ??= $"has a header field of more than {RenderingLimits.HeaderFieldLength / 1024} KB"; }
    }

    private void EndLine()
    {
        if (_lineLength == 0) { _inHeader = false; }

        // A part begins with a line of two dashes and a boundary; text that looks so counts as well.
        if (_dashes == 2 && _lineLength > 2 && ++_parts > RenderingLimits.Parts) { Fault ??= $"has more than {RenderingLimits.Parts} parts"; }

        (_lineLength, _dashes) = (0, 0);
    }
}
