using System.Text;
using Gateway.Rendering;
using Gateway.Rendering.Mime;

namespace Gateway.Tests.Rendering;

public sealed class ListUnsubscribeTests
{
    private const string OneClick = "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click";

    [Theory]
    [InlineData("<https://a.example/u?x=1>" + OneClick, "https://a.example/u?x=1", null, true)]
    [InlineData("<mailto:off@a.example?subject=off>, <https://a.example/u>" + OneClick, "https://a.example/u", "mailto:off@a.example?subject=off", true)]
    [InlineData("<http://a.example/u>, <https://b.example/u>" + OneClick, "https://b.example/u", null, true)]
    [InlineData("<https://a.example/\r\n u>" + OneClick, "https://a.example/u", null, true)]
    [InlineData("<https://a.example/u>", "https://a.example/u", null, false)]
    [InlineData("<http://a.example/u>" + OneClick, "http://a.example/u", null, false)]
    [InlineData("<mailto:off@a.example>" + OneClick, null, "mailto:off@a.example", false)]
    public void Ways_to_leave_are_told(string field, string? url, string? mailto, bool oneClick) =>
        Assert.Equal(new(url, mailto, oneClick), Read(field));

    [Theory]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<file:///etc/passwd>")]
    [InlineData("https://a.example/u")]
    [InlineData("<https://>")]
    [InlineData("<")]
    [InlineData("")]
    public void What_leads_nowhere_is_not(string field) => Assert.Null(Read(field));

    private static ListUnsubscribe? Read(string field) => ListUnsubscribe.Read(HeaderFields.Read(Encoding.UTF8.GetBytes($"List-Unsubscribe: {field}\r\n")));
}
