using Gateway.Rendering;
using Xunit;

namespace Gateway.Tests.Rendering;

public class FileNamesTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("C:\\Windows\\x.exe", "C__Windows_x.exe")]
    [InlineData("a\r\nSet-Cookie: x.txt", "a Set-Cookie_ x.txt")]
    [InlineData("invoice\u202egpj.exe", "invoicegpj.exe")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("LPT1", "_LPT1")]
    [InlineData("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png")]
    [InlineData("=?utf-8?B?w7xiZXIudHh0?=", "über.txt")]
    [InlineData("=?utf-8?B?!!!?=", "=_utf-8_B_!!!_=")]
    [InlineData("  .hidden. ", "hidden")]
    [InlineData("...", null)]
    [InlineData("///", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Names_are_one_harmless_name(string? given, string? expected)
    {
        Assert.Equal(expected, FileNames.Clean(given));
    }

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = FileNames.Clean(new string('x', 5000) + ".pdf");

        Assert.Equal(200, name!.Length);
        Assert.EndsWith("x", name, StringComparison.Ordinal); // cut before the name is looked at: no decoder sees 5,000 characters
        Assert.EndsWith(".pdf", FileNames.Clean(new string('x', 500) + ".pdf"), StringComparison.Ordinal);
    }
}
