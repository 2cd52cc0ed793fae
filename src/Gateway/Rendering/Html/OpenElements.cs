namespace Gateway.Rendering.Html;

/// <summary>
/// The elements that are open while markup is written, and the formatting that waits for the next text. Every start tag
/// written gets its end tag in the right order, so that a parser never has to make one up or to move anything.
/// </summary>
/// <remarks>Work per tag is bounded by the limits themselves.</remarks>
internal sealed class OpenElements(Markup markup)
{
    private readonly List<OpenElement> _open = [];

    /// <summary>Formatting whose block has ended before it did (some of the standard's list of active formatting elements).</summary>
    private readonly List<OpenElement> _waiting = [];

    private int _elements;

    /// <summary>Length of the tags that are written more often than the message did.</summary>
    private int _repeated;

    /// <summary>How many cells and captions are open: formatting does not get into them, nor out.</summary>
    private int _level;

    public bool Exceeded =>
        _open.Count > RenderingLimits.HtmlDepth
        || _waiting.Count > RenderingLimits.OpenFormatting
        || _elements > RenderingLimits.HtmlElements
        || _repeated > RenderingLimits.HtmlLength;

    public int Count => _open.Count;

    public HtmlTag? Innermost => _open is [.., var last] ? last.Tag : null;

    public HtmlTag this[int place] => _open[place].Tag;

    /// <summary>The place of the innermost element of this name, or -1 when there is none, or one of the others between.</summary>
    public int Find(string name, HtmlTraits between)
    {
        for (var place = _open.Count - 1; place >= 0; place--)
        {
            if (_open[place].Tag.Name == name) { return place; }
            if (_open[place].Tag.Is(between)) { return -1; }
        }

        return -1;
    }

    /// <summary>Takes note of a start tag that was just written.</summary>
    public void Started(HtmlTag tag, int start)
    {
        _elements++;
        if (tag.Is(HtmlTraits.Void)) { return; }

        if (tag.Is(HtmlTraits.Formatting)) { KeepThreeAlike(markup[start..]); }
        if (tag.Is(HtmlTraits.Marker)) { _level++; }
        _open.Add(new(tag, start, markup.Length, _level, tag.Is(HtmlTraits.Formatting)));
    }

    /// <summary>Closes this one and all inside it; nothing when its place is -1. Formatting among them waits, unless a cell or the like ends with it.</summary>
    public void Close(int place)
    {
        if (place < 0) { return; }

        for (var i = _open.Count - 1; i >= place; i--)
        {
            WriteEnd(markup, _open[i]);
            if (_open[i].Tag.Is(HtmlTraits.Marker)) { _level--; }
        }

        for (var i = place; i < _open.Count; i++)
        {
            if (_open[i].ComesBack && _open[i].Level == _level) { _waiting.Add(_open[i]); }
        }

        _open.RemoveRange(place, _open.Count - place);
        _waiting.RemoveAll(e => e.Level > _level);
    }

    /// <summary>Opens the waiting formatting again.</summary>
    public void Reopen()
    {
        if (_waiting.Count == 0) { return; }

        for (var i = 0; i < _waiting.Count && !Exceeded; i++)
        {
            if (_waiting[i].Level != _level) { continue; }
            var start = markup.Length;
            Repeat(markup, _waiting[i]);
            _open.Add(_waiting[i] with { Start = start, End = markup.Length });
            _waiting.RemoveAt(i--);
        }
    }

    /// <summary>Ends the last formatting of this kind, whether it is open or waits. False when there is none.</summary>
    public bool EndFormatting(HtmlTag tag)
    {
        if (_open is [.., { ComesBack: false } last] && last.Tag == tag) // it was forgotten, and is open still
        {
            Close(_open.Count - 1);
            return true;
        }

        // What waits was closed from inside, so that it is newer than what is open.
        var waiting = _waiting.FindLastIndex(e => e.Tag == tag && e.Level == _level);
        if (waiting >= 0)
        {
            _waiting.RemoveAt(waiting);
            return true;
        }

        for (var place = _open.Count - 1; place >= 0 && !_open[place].Tag.Is(HtmlTraits.Boundary); place--)
        {
            if (_open[place].Tag != tag || !_open[place].ComesBack) { continue; }
            EndFormatting(place);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Blocks opened inside stay open and the formatting ends here nevertheless, so that it has to begin anew inside of
    /// each of them: <c>&lt;b&gt;1&lt;p&gt;2&lt;/b&gt;3</c> becomes <c>&lt;b&gt;1&lt;/b&gt;&lt;p&gt;&lt;b&gt;2&lt;/b&gt;3</c> (what the standard calls adoption).
    /// </summary>
    private void EndFormatting(int place)
    {
        var ended = _open[place];
        var inside = place + 1;
        for (var block = inside; block < _open.Count && !Exceeded; block++)
        {
            if (!_open[block].Tag.Is(HtmlTraits.Special)) { continue; }

            var between = new Markup(64);
            for (var i = block - 1; i >= inside; i--) { WriteEnd(between, _open[i]); }
            WriteEnd(between, ended);
            for (var i = inside; i < block; i++) { Repeat(between, _open[i]); }
            markup.Insert(_open[block].Start, isBehind: false, between.ToString());

            var again = new Markup(64);
            Repeat(again, ended);
            markup.Insert(_open[block].End, isBehind: true, again.ToString());
            inside = block + 1;
        }

        Close(inside);
        WriteEnd(markup, ended);
        _open.RemoveAt(place);
    }

    /// <summary>Of four equal formatting elements the standard forgets the oldest, or a tag never closed would add up block by block.</summary>
    private void KeepThreeAlike(ReadOnlySpan<char> tag)
    {
        var (alike, oldest) = (0, 0);
        for (var place = _open.Count - 1; place >= 0 && !_open[place].Tag.Is(HtmlTraits.Marker); place--)
        {
            if (_open[place].ComesBack && markup[_open[place].Start.._open[place].End].SequenceEqual(tag)) { (alike, oldest) = (alike + 1, place); }
        }

        if (alike >= 3) { _open[oldest] = _open[oldest] with { ComesBack = false }; }
    }

    private void Repeat(Markup into, OpenElement element)
    {
        _elements++;
        _repeated += element.End - element.Start;
        into.Write(markup[element.Start..element.End]);
    }

    private static void WriteEnd(Markup into, OpenElement element) => into.Write("</").Write(element.Tag.Name).Write(">");
}
