namespace Gateway.Rendering.Html;

/// <summary>
/// Where a tag may stand: what it closes and what has to be opened around it (HTML standard, section 13.2.6.4). Follows the
/// standard wherever that only looks back; what it would move in front of a table, which is written by then, stays in the table.
/// </summary>
internal sealed class HtmlNesting(Markup markup)
{
    private readonly OpenElements _open = new(markup);

    public bool Exceeded => _open.Exceeded;

    /// <summary>In a table, but in none of its cells.</summary>
    private bool IsBetweenCells => _open.Innermost?.Is(HtmlTraits.Grid) == true;

    /// <summary>Makes a place for text. False when there is none, and it would show nothing.</summary>
    public bool Text(ReadOnlySpan<char> text)
    {
        if (IsBlank(text)) { return true; }

        if (IsBetweenCells)
        {
            if (string.IsNullOrWhiteSpace(HtmlReferences.Decode(text, inAttribute: false))) { return false; }
            OpenCell();
        }

        _open.Reopen();
        return true;
    }

    /// <summary>Makes a place for a start tag. False when it has none.</summary>
    public bool Start(HtmlTag tag)
    {
        if (tag.Is(HtmlTraits.TablePart)) { return StartTablePart(tag.Name); }

        if (IsBetweenCells)
        {
            if (tag.Name == "table") { _open.Close(Table()); }
            else if (tag.Name == "img") { OpenCell(); }
            else { return false; }
        }

        if (tag.Is(HtmlTraits.EndsParagraph)) { _open.Close(_open.Find("p", HtmlTraits.Boundary)); }

        // A parser looks at the innermost element alone. Formatting may be ended between the two later on, and then it would be that one.
        if (tag.Is(HtmlTraits.Heading)) { _open.Close(Heading(HtmlTraits.Special)); }
        else if (tag.Name == "li") { CloseItem("li", "li"); }
        else if (tag.Name is "dd" or "dt") { CloseItem("dd", "dt"); }
        else if (tag.Name == "a") { _open.EndFormatting(tag); } // no link within a link

        if (!tag.Is(HtmlTraits.Special | HtmlTraits.EndsParagraph)) { _open.Reopen(); }
        return true;
    }

    /// <summary>Takes note of a start tag that was just written.</summary>
    public void Started(HtmlTag tag, int start) => _open.Started(tag, start);

    public void End(HtmlTag tag)
    {
        if (tag.Is(HtmlTraits.Formatting) && _open.EndFormatting(tag)) { return; }

        if (tag.Is(HtmlTraits.Heading)) { _open.Close(Heading(HtmlTraits.Boundary)); }
        else if (tag.Is(HtmlTraits.TablePart)) { _open.Close(IfInside(_open.Find(tag.Name, HtmlTraits.None), "table")); }
        else if (tag.Name == "table") { _open.Close(Table()); }
        else if (tag.Name == "li") { _open.Close(IfInside(IfInside(_open.Find("li", HtmlTraits.Boundary), "ol"), "ul")); }
        else { _open.Close(_open.Find(tag.Name, tag.Is(HtmlTraits.Special) ? HtmlTraits.Boundary : HtmlTraits.Special)); }
    }

    /// <summary>Closes whatever is left.</summary>
    public void End() => _open.Close(0);

    private static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!HtmlTokens.IsSpace(c)) { return false; }
        }

        return true;
    }

    private int Table() => _open.Find("table", HtmlTraits.None);

    /// <summary>The place, or -1 when an element of that name was opened after it.</summary>
    private int IfInside(int place, string name) => place > _open.Find(name, HtmlTraits.None) ? place : -1;

    /// <summary>The innermost heading, of whichever rank, or -1 when there is none, or one of the others between.</summary>
    private int Heading(HtmlTraits between)
    {
        var place = _open.Count - 1;
        while (place >= 0 && !_open[place].Is(HtmlTraits.Heading | between)) { place--; }
        return place >= 0 && _open[place].Is(HtmlTraits.Heading) ? place : -1;
    }

    private void CloseItem(string name, string other)
    {
        for (var place = _open.Count - 1; place >= 0; place--)
        {
            var tag = _open[place];
            if (tag.Name == name || tag.Name == other)
            {
                _open.Close(place);
                return;
            }

            if (tag.Is(HtmlTraits.Special) && tag.Name is not ("address" or "div" or "p")) { return; }
        }
    }

    /// <summary>Closes down to where the part may stand, and opens what it has to stand in: in a table are groups, in them rows, in them cells.</summary>
    private bool StartTablePart(string name)
    {
        var (table, isCell, isColumn) = (Table(), name is "td" or "th", name == "col");
        if (table < 0) { return false; }

        var keep = table + 1;
        var hasGroup = keep < _open.Count && _open[keep].Name is var group && (isColumn ? group == "colgroup" : (isCell || name == "tr") && group is "tbody" or "tfoot" or "thead");
        if (hasGroup) { keep++; }
        var hasRow = hasGroup && isCell && keep < _open.Count;
        if (hasRow) { keep++; }

        _open.Close(keep);
        if (isColumn && !hasGroup) { Open("colgroup"); }
        if ((isCell || name == "tr") && !hasGroup) { Open("tbody"); }
        if (isCell && !hasRow) { Open("tr"); }
        return true;
    }

    private void OpenCell()
    {
        StartTablePart("td");
        Open("td");
    }

    private void Open(string name)
    {
        var start = markup.Length;
        markup.Write("<").Write(name).Write(">");
        Started(HtmlTag.Find(name), start);
    }
}
