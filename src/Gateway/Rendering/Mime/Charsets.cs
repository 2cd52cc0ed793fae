using System.Collections.Frozen;
using System.Text;

namespace Gateway.Rendering.Mime;

/// <summary>Names of charsets as mail spells them.</summary>
internal static class Charsets
{
    /// <summary>Asked directly instead of registered, so that nothing depends on who registered it first.</summary>
    private static readonly EncodingProvider CodePages = CodePagesEncodingProvider.Instance;

    public static readonly Encoding Western = CodePages.GetEncoding(1252)!;

    /// <summary>What the web learned to read each of these as (WHATWG Encoding), and misspellings seen in mail.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["utf8"] = "utf-8", ["unicode-1-1-utf-8"] = "utf-8",
        ["latin1"] = "windows-1252", ["iso-8859-1"] = "windows-1252", ["iso8859-1"] = "windows-1252", ["iso_8859-1"] = "windows-1252",
        ["cp1252"] = "windows-1252", ["cp-1252"] = "windows-1252", ["ansi"] = "windows-1252",
        ["cp1250"] = "windows-1250", ["cp1251"] = "windows-1251", ["win-1251"] = "windows-1251",
        ["gb2312"] = "gb18030", ["gbk"] = "gb18030", ["cp936"] = "gb18030", ["x-gbk"] = "gb18030",
        ["sjis"] = "shift_jis", ["x-sjis"] = "shift_jis", ["cp932"] = "shift_jis", ["ms_kanji"] = "shift_jis",
        ["iso-8859-8-i"] = "iso-8859-8", ["big5-hkscs"] = "big5", ["ks_c_5601-1987"] = "euc-kr", ["cp949"] = "euc-kr",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsAscii(string name) => name is "us-ascii" or "ascii" or "ansi_x3.4-1968" or "7bit" or "8bit" or "binary" or "x-unknown" or "unknown-8bit";

    public static bool IsUtf7(string name) => name is "utf7" or "csutf7" or "x-unicode-2-0-utf-7" or "utf-7-imap" or "x-imap4-modified-utf7" || name.EndsWith("utf-7", StringComparison.Ordinal);

    public static Encoding? Find(string name)
    {
        name = Aliases.GetValueOrDefault(name, name);
        try
        {
            return CodePages.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A byte order mark is better evidence than a header.</summary>
    public static Encoding? ByMark(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 2;
        return bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
    }
}
