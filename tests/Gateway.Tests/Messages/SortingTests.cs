using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Tests.Messages;

public sealed class SortingTests
{
    [Theory]
    [InlineData("Lunch", "Lunch")]
    [InlineData("Re: Lunch", "Lunch")]
    [InlineData("RE: Fwd: re[2]: [list] AW: Lunch", "Lunch")]
    [InlineData("  Re :Lunch ", "Lunch")]
    [InlineData("Regarding lunch", "Regarding lunch")]
    [InlineData("[only a list]", "[only a list]")]
    [InlineData("Re:", "Re:")]
    [InlineData("", "")]
    public void A_base_subject_has_lost_what_replies_put_before_it(string subject, string expected) => Assert.Equal(expected, BaseSubject.Of(subject));

    [Theory]
    [InlineData(null)]
    [InlineData(MessageSort.From)]
    public void A_cursor_names_its_place_and_goes_with_its_sort_only(MessageSort? sort)
    {
        var place = new SortedPlace(new(-5, "ÄNN \"1\""), 7, uint.MaxValue);

        Assert.True(SortedPlace.TryParse(place.ToCursor(sort), sort, out var read));
        Assert.Equal(place, read);
        Assert.False(SortedPlace.TryParse(place.ToCursor(sort), MessageSort.Size, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    [InlineData("1f.3")]
    [InlineData("⶘㛆䓨啸坚䓮㐧赅")]
    public void What_is_no_cursor_is_refused(string text) => Assert.False(SortedPlace.TryParse(text, null, out _));

    [Fact]
    public void A_long_name_makes_a_cursor_that_can_be_read_again()
    {
        var row = new MessageRow(
            new(new(1), 1), new(1), new('S', 5000), [new("a@example.test", string.Concat(Enumerable.Repeat("𝔄ﷺ", 900)))], [], default, null, 1, [], [], null, false, null);

        foreach (var sort in Enum.GetValues<MessageSort>())
        {
            var place = new SortedPlace(SortValue.Of(sort, row), 1, 1);
            Assert.True(SortedPlace.TryParse(place.ToCursor(sort), sort, out var read));
            Assert.Equal(place, read);
        }
    }
}
