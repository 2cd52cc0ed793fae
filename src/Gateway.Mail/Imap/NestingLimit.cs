using Gateway.Mail.Faults;

namespace Gateway.Mail.Imap;

/// <summary>Follows what a server sends token by token, as the parser after it will: nesting is limited.</summary>
/// <remarks>What the parser would read in another way than RFC 9051 has it is refused, so that both always agree where they are.</remarks>
internal sealed class NestingLimit
{
    private const int MaxDepth = 256;
    private const int MaxWord = 8;

    private readonly char[] _word = new char[MaxWord];

    private Line _line;
    private At _at;
    private int _wordLength;
    private int _words;
    private bool _inWord;
    private int _depth;
    private long _literal;
    private int _lines;
    private int _vendor;
    private bool _isListing;

    /// <summary>What kind of line it is, and how far.</summary>
    private enum Line
    {
        Start,
        Name,
        Status,
        Code,
        Text,
        Data,
    }

    private enum At
    {
        Plain,
        Quoted,
        Escaped,
        QuoteEnd,
        LiteralSize,
        LiteralFlag,
        LiteralLineEnd,
        Literal,
    }

    /// <summary>The parser reads the names that Exchange lists as they come, to the end of the line.</summary>
    private static ReadOnlySpan<byte> Vendor => "Exchange"u8;

    /// <summary>How many of these bytes are a literal's: content, and no syntax.</summary>
    public int Skip(ReadOnlySpan<byte> received)
    {
        if (_at != At.Literal) { return 0; }

        var skipped = (int)Math.Min(_literal, received.Length);
        _literal -= skipped;
        if (_literal == 0) { _at = At.Plain; }

        return skipped;
    }

    /// <summary>How many of these bytes come before the next that could mean anything here: most are the inside of a string or a word.</summary>
    public int Run(ReadOnlySpan<byte> received)
    {
        if (_lines == 0) { return 0; } // the greeting may be Exchange's

        var next = (_at, _line) switch
        {
            (At.Quoted, _) => received.IndexOfAny("\"\\\n"u8),
            (At.Plain, Line.Data) => received.IndexOfAny("\"(){\n"u8),
            (At.Plain, Line.Text) => received.IndexOf((byte)'\n'),
            _ => 0,
        };
        return next < 0 ? received.Length : next;
    }

    /// <exception cref="MailException"><see cref="MailFault.Protocol"/>: nested too deeply, or not to be followed.</exception>
    public void Step(byte b)
    {
        if (_lines == 0 && _vendor < Vendor.Length) { _vendor = b == Vendor[_vendor] ? _vendor + 1 : 0; }

        // A quote ends a string only before one of these: servers forget to escape them, and the parser forgives it.
        if (_at == At.QuoteEnd) { _at = b is (byte)']' or (byte)')' or (byte)' ' or (byte)'\r' or (byte)'\n' ? At.Plain : At.Quoted; }

        switch (_at)
        {
            case At.Plain: Plain(b); break;
            case At.Escaped or At.Quoted when b == '\n': throw Unclear();
            case At.Escaped: _at = At.Quoted; break;
            case At.Quoted: _at = b switch { (byte)'"' => At.QuoteEnd, (byte)'\\' => At.Escaped, _ => At.Quoted }; break;
            case At.LiteralSize when b is >= (byte)'0' and <= (byte)'9' && _literal <= int.MaxValue: _literal = (_literal * 10) + (b - '0'); break;
            case At.LiteralSize when b == '+': _at = At.LiteralFlag; break;
            case At.LiteralSize or At.LiteralFlag when b == '}' && _literal <= int.MaxValue: _at = At.LiteralLineEnd; break;
            case At.LiteralLineEnd when b == '\r': break;
            case At.LiteralLineEnd when b == '\n': _at = _literal > 0 ? At.Literal : At.Plain; break;
            default: throw Unclear();
        }
    }

    private void Plain(byte b)
    {
        if (b == '\n')
        {
            (_line, _depth, _isListing) = (Line.Start, 0, false);
            _lines = Math.Min(_lines + 1, 1);
        }
        else if (_line == Line.Start) { Begin(b); }
        else if (_line == Line.Name) { Name(b); }
        else if (_line == Line.Status) { Status(b); }
        else if (_line != Line.Text) { Data(b); }
    }

    private void Begin(byte b)
    {
        switch (b)
        {
            case (byte)' ' or (byte)'\r': break;
            case (byte)'*': (_line, _wordLength) = (Line.Name, 0); break;
            case (byte)'[': _line = Line.Code; break;
            case (byte)'+': _line = Line.Text; break;
            case (byte)'(' or (byte)')' or (byte)'"' or (byte)'{':
                _line = Line.Data;
                Data(b);
                break;
            default: (_line, _words, _inWord) = (Line.Status, 2, true); break; // the tag, and OK, NO or BAD
        }
    }

    /// <summary>The first word of an untagged line tells whether text or data follows.</summary>
    private void Name(byte b)
    {
        if (IsInAtom(b))
        {
            if (_wordLength < MaxWord) { _word[_wordLength++] = (char)b; }

            return;
        }

        if (_wordLength == 0 && b is (byte)' ' or (byte)'\r') { return; }

        _isListing = Is("LIST") || Is("LSUB") || Is("XLIST");
        var hasText = Is("OK") || Is("NO") || Is("BAD") || Is("BYE") || (_lines == 0 && Is("PREAUTH")) || (_wordLength == 0 && b == '[');
        (_line, _words) = (hasText ? Line.Status : Line.Data, 0);
        Plain(b);
    }

    private void Status(byte b)
    {
        if (_words > 0 && IsInAtom(b))
        {
            _inWord = true;
            return;
        }

        if (_words > 0 && _inWord) { (_words, _inWord) = (_words - 1, false); }

        if (_words > 0) { return; }

        switch (b)
        {
            case (byte)' ' or (byte)'\r': break;
            case (byte)'[': _line = Line.Code; break;
            case (byte)'{': throw Unclear();
            case (byte)'"': (_line, _at) = (Line.Text, At.Quoted); break; // the parser reads a first word by itself, even in text
            default: _line = Line.Text; break;
        }
    }

    private void Data(byte b)
    {
        switch (b)
        {
            case (byte)'"': _at = At.Quoted; break;
            case (byte)'{' when _line == Line.Code || (_isListing && _vendor == Vendor.Length): throw Unclear();
            case (byte)'{': (_at, _literal) = (At.LiteralSize, 0); break;
            case (byte)']' when _line == Line.Code && _depth == 0: _line = Line.Text; break;
            case (byte)')' when _depth > 0: _depth--; break;
            case (byte)'(' when ++_depth > MaxDepth: throw new MailException(MailFault.Protocol, "The server's answer is nested too deeply.");
        }
    }

    private static bool IsInAtom(byte b) =>
        b is > (byte)' ' and not ((byte)'(' or (byte)')' or (byte)'[' or (byte)']' or (byte)'"' or (byte)'{' or (byte)'%' or (byte)'*' or (byte)'\\' or 0x7F);

    private bool Is(string word) => _word.AsSpan(0, _wordLength).Equals(word, StringComparison.OrdinalIgnoreCase);

    private static MailException Unclear() => new(MailFault.Protocol, "The server's answer cannot be followed.");
}
