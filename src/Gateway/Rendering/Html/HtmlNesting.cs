namespace Gateway.Rendering.Html;

/// <summary>
/// Foresees how deep and how large a tree the parser will build, without building it. A much simplified tree
/// construction: wherever the standard might not close an element, this keeps it open, so the answer errs upwards.
/// </summary>
/// <remarks>
/// Expects what <see cref="HtmlIntake"/> writes and nothing else: the parser's rules for the tags left out are left out
/// here as well. Work per tag is bounded by the limits themselves.
/// </remarks>
internal sealed class HtmlNesting
{
    private readonly List<OpenElement> _open = [];

    /// <summary>Formatting whose block has ended; comes back with the next text (the list of active formatting elements).</summary>
    private readonly List<OpenElement> _pending = [];
    private int _elements;

    /// <summary>Length of the tags the parser will write more often than the message did.</summary>
    private int _repeated;
    private int _serial;

    public bool Exceeded =>
        Depth > RenderingLimits.HtmlDepth
        || _pending.Count > RenderingLimits.OpenFormatting
        || _elements > RenderingLimits.HtmlElements
        || _repeated > RenderingLimits.HtmlLength;

    /// <summary>A table may get a body and a row that were left out.</summary>
    internal int Depth => _open.Count + 2 * _open.Count(element => element.Name == "table");

    public void Text() => Reconstruct();

    /// <param name="name">Lower-cased.</param>
    /// <param name="tag">The whole of it, if it is a formatting tag.</param>
    public void Start(string name, string tag)
    {
        if (name == "body") { return; } // the parser has one already and merges the rest

        if (HtmlNames.EndsParagraph.Contains(name)) { CloseIfOpen("p", HtmlNames.ScopeBoundary.Contains); }

        switch (name)
        {
            case "li": CloseItem(["li"]); break;
            case "dt" or "dd": CloseItem(["dt", "dd"]); break;
            case "a": EndFormatting(name); break;
        }

        if (HtmlNames.TableStructure.Contains(name))
        {
            if (!InTable()) { return; } // ignored by the parser, so there is nothing an end tag could close
            CloseForRow(name);
        }
        else if (HtmlNames.Headings.Contains(name) && _open is [.., var last] && HtmlNames.Headings.Contains(last.Name)) { Pop(_open.Count - 1); }
        else if (!HtmlNames.Special.Contains(name)) { Reconstruct(); }

        _elements++;
        if (HtmlNames.Void.Contains(name)) { return; }

        var formatting = HtmlNames.Formatting.Contains(name);
        if (formatting) { KeepThreeAlike(tag); }
        _open.Add(new OpenElement(name, tag, Level(), ++_serial, formatting));
    }

    public void End(string name)
    {
        if (HtmlNames.Formatting.Contains(name)) { EndFormatting(name); }
        else if (HtmlNames.Headings.Contains(name)) { CloseAny(HtmlNames.Headings.Contains, HtmlNames.ScopeBoundary.Contains); }
        else if (name == "br") { Start(name, ""); } // read as if it were the start tag
        else if (name == "body" || HtmlNames.Void.Contains(name)) { return; }
        else if (name == "table" || HtmlNames.TableStructure.Contains(name)) { CloseIfOpen(name, n => n == "table" && name != "table"); }
        else if (name == "p")
        {
            _elements++; // without one to close, the parser makes one up
            CloseIfOpen(name, HtmlNames.ScopeBoundary.Contains);
        }
        else if (name == "li") { CloseIfOpen(name, n => HtmlNames.ScopeBoundary.Contains(n) || n is "ol" or "ul"); }
        else if (HtmlNames.Special.Contains(name)) { CloseIfOpen(name, HtmlNames.ScopeBoundary.Contains); }
        else { CloseIfOpen(name, HtmlNames.Stops); }
    }

    private int Level()
    {
        var level = 0;
        foreach (var element in _open) { level += HtmlNames.FormattingMarker.Contains(element.Name) ? 1 : 0; }
        return level;
    }

    private void Reconstruct()
    {
        if (_pending.Count == 0) { return; }
        var level = Level();
        for (var i = 0; i < _pending.Count; i++)
        {
            if (_pending[i].Level != level) { continue; }
            _open.Add(_pending[i]);
            Repeat(_pending[i], 1);
            _pending.RemoveAt(i--);
        }
    }

    private void Repeat(OpenElement element, int times)
    {
        _elements += times;
        _repeated += times * element.Tag.Length;
    }

    /// <summary>Of more than three equal formatting elements the parser forgets the oldest.</summary>
    private void KeepThreeAlike(string tag)
    {
        var level = Level();
        bool Alike(OpenElement other) => other.Formatting && other.Tag == tag && other.Level == level;
        if (_pending.Count(Alike) + _open.Count(Alike) < 3) { return; }

        // What waits was opened before or after what is open; forgetting a waiting one keeps the estimate high.
        var at = _open.FindIndex(Alike);
        if (at >= 0) { _open[at] = _open[at] with { Formatting = false }; }
        else { _pending.RemoveAt(_pending.FindIndex(Alike)); }
    }

    private void EndFormatting(string name)
    {
        var level = Level();
        var waiting = _pending.FindLastIndex(e => e.Name == name && e.Level == level);
        var open = _open.FindLastIndex(e => e.Formatting && e.Name == name && e.Level == level);
        if (waiting >= 0 && (open < 0 || _pending[waiting].Serial > _open[open].Serial))
        {
            _pending.RemoveAt(waiting);
            return;
        }

        if (open < 0)
        {
            CloseIfOpen(name, HtmlNames.Stops);
            return;
        }

        var above = _open.GetRange(open + 1, _open.Count - open - 1);
        if (above.Exists(e => HtmlNames.ScopeBoundary.Contains(e.Name))) { return; }
        if (above.Exists(e => HtmlNames.Stops(e.Name)))
        {
            Repeat(_open[open], 8); // the adoption agency makes up to eight copies
            _open.RemoveAt(open);
            return;
        }

        _open[open] = _open[open] with { Formatting = false };
        Pop(open);
    }

    private void CloseItem(ReadOnlySpan<string> names)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var name = _open[i].Name;
            if (names.Contains(name))
            {
                Pop(i);
                return;
            }

            if (HtmlNames.Stops(name) && name is not ("address" or "div" or "p")) { return; }
        }
    }

    private bool InTable() => _open.Exists(e => e.Name == "table");

    private void CloseForRow(string name)
    {
        Func<string, bool> ends = name switch
        {
            "td" or "th" => n => n is "td" or "th",
            "tr" => n => n is "tr",
            _ => n => n is "tbody" or "thead" or "tfoot" or "caption" or "colgroup",
        };
        CloseAny(ends, n => n == "table" || (name is "td" or "th" && n == "tr"));
    }

    private void CloseIfOpen(string name, Func<string, bool> boundary) => CloseAny(n => n == name, boundary);

    private void CloseAny(Func<string, bool> wanted, Func<string, bool> boundary)
    {
        var at = Find(wanted, boundary);
        if (at >= 0) { Pop(at); }
    }

    private int Find(Func<string, bool> wanted, Func<string, bool> boundary)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (wanted(_open[i].Name)) { return i; }
            if (boundary(_open[i].Name)) { return -1; }
        }

        return -1;
    }

    /// <summary>Closes everything from here up. Formatting among it waits, unless a cell or the like ends with it.</summary>
    private void Pop(int from)
    {
        var markers = false;
        for (var i = from; i < _open.Count; i++) { markers |= HtmlNames.FormattingMarker.Contains(_open[i].Name); }

        var popped = _open.GetRange(from, _open.Count - from);
        _open.RemoveRange(from, _open.Count - from);
        var level = Level();
        foreach (var element in popped)
        {
            if (element.Formatting && element.Level == level) { _pending.Add(element); }
        }

        if (markers) { _pending.RemoveAll(e => e.Level > level); }
    }

    private readonly record struct OpenElement(string Name, string Tag, int Level, int Serial, bool Formatting);
}
