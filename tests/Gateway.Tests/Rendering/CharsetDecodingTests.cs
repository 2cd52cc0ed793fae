using System.Text;
using Gateway.Rendering;
using Xunit;

namespace Gateway.Tests.Rendering;

public class CharsetDecodingTests
{
    [Theory]
    [InlineData("utf-8", "Grüße", new byte[] { 0x47, 0x72, 0xC3, 0xBC, 0xC3, 0x9F, 0x65 })]
    [InlineData("\"UTF8\"", "ü", new byte[] { 0xC3, 0xBC })]
    [InlineData("iso-8859-1", "€", new byte[] { 0x80 })]
    [InlineData("windows-1251", "Д", new byte[] { 0xC4 })]
    [InlineData("koi8-r", "д", new byte[] { 0xC4 })]
    [InlineData("shift_jis", "日", new byte[] { 0x93, 0xFA })]
    [InlineData("gb2312", "中", new byte[] { 0xD6, 0xD0 })]
    [InlineData("euc-kr", "한", new byte[] { 0xC7, 0xD1 })]
    [InlineData("iso-2022-jp", "日", new byte[] { 0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42 })]
    [InlineData("us-ascii", "ü", new byte[] { 0xC3, 0xBC })]
    [InlineData("us-ascii", "ü", new byte[] { 0xFC })]
    [InlineData(null, "ü", new byte[] { 0xFC })]
    [InlineData("utf-16le", "a", new byte[] { 0x61, 0x00 })]
    [InlineData("iso-8859-1", "a", new byte[] { 0xEF, 0xBB, 0xBF, 0x61 })]
    [InlineData("utf-8", "a", new byte[] { 0xFF, 0xFE, 0x61, 0x00 })]
    public void Charsets_are_read_as_mail_means_them(string? charset, string expected, byte[] bytes)
    {
        var decoded = CharsetDecoding.Decode(bytes, charset);

        Assert.Equal(expected, decoded.Text);
        Assert.Empty(decoded.Defects);
    }

    [Theory]
    [InlineData("x-klingon", "ü", new byte[] { 0xC3, 0xBC })]
    [InlineData("x-klingon", "ü", new byte[] { 0xFC })]
    [InlineData("..\0", "a", new byte[] { 0x61 })]
    public void An_unknown_charset_is_guessed_and_said(string charset, string expected, byte[] bytes)
    {
        var decoded = CharsetDecoding.Decode(bytes, charset);

        Assert.Equal(expected, decoded.Text);
        Assert.Equal(DefectCodes.UnknownCharset, Assert.Single(decoded.Defects).Code);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("UTF7")]
    [InlineData("unicode-1-1-utf-7")]
    public void Utf_7_stays_the_ascii_it_looks_like(string charset)
    {
        var decoded = CharsetDecoding.Decode("+ADw-script+AD4-"u8, charset);

        Assert.Equal("+ADw-script+AD4-", decoded.Text);
        Assert.Equal(DefectCodes.CharsetRefused, Assert.Single(decoded.Defects).Code);
    }

    [Fact]
    public void Bytes_that_mean_nothing_are_replaced_and_said()
    {
        var decoded = CharsetDecoding.Decode([0x61, 0xC3], "utf-8");

        Assert.Equal("a\ufffd", decoded.Text);
        Assert.Equal(DefectCodes.InvalidCharacters, Assert.Single(decoded.Defects).Code);
    }

    [Theory]
    [InlineData("base64", "aGVsbG8=", "hello", true)]
    [InlineData("BASE64", "aGVs\r\nbG8=\r\n", "hello", true)]
    [InlineData("base64", "aGV*sbG8=", "hello", false)]
    [InlineData("base64", "aGVsb", "hel", true)]
    [InlineData("quoted-printable", "a=20b=\r\nc", "a bc", true)]
    [InlineData("quoted-printable", "a=zzb", "a=zzb", false)]
    [InlineData("7bit", "a=20", "a=20", true)]
    [InlineData(null, "a=20", "a=20", true)]
    [InlineData("x-rot13", "uryyb", "uryyb", false)]
    public void Transfer_encodings_come_off(string? encoding, string given, string expected, bool clean)
    {
        var decoded = TransferDecoding.Decode(Encoding.ASCII.GetBytes(given), encoding);

        Assert.StartsWith(expected, Encoding.ASCII.GetString(decoded.Bytes), StringComparison.Ordinal);
        Assert.Equal(clean, decoded.Defects.Count == 0);
    }
}
