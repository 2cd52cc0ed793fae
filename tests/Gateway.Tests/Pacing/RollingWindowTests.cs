using Gateway.Features.Pacing;
using Gateway.Mail.Smtp;

namespace Gateway.Tests.Pacing;

public sealed class RollingWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly RollingWindow _window = new(TimeSpan.FromMinutes(1));

    [Fact]
    public void There_is_room_when_enough_is_a_minute_old()
    {
        _window.Add(Noon, 2);
        _window.Add(Noon.AddSeconds(10), 3);

        Assert.Equal(Noon.AddSeconds(20), _window.RoomAt(1, 6, Noon.AddSeconds(20)));
        Assert.Equal(Noon.AddSeconds(60), _window.RoomAt(1, 5, Noon.AddSeconds(20)));
        Assert.Equal(Noon.AddSeconds(60), _window.RoomAt(2, 5, Noon.AddSeconds(20)));
        Assert.Equal(Noon.AddSeconds(70), _window.RoomAt(3, 5, Noon.AddSeconds(20)));
        Assert.Equal(3, _window.Used(Noon.AddSeconds(60)));
        Assert.Equal(0, _window.Used(Noon.AddSeconds(70)));
    }

    [Fact]
    public void What_is_more_than_the_limit_goes_alone()
    {
        Assert.Equal(Noon, _window.RoomAt(9, 5, Noon));

        _window.Add(Noon, 1);

        Assert.Equal(Noon.AddSeconds(60), _window.RoomAt(9, 5, Noon.AddSeconds(1)));
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_nothing_up_for_longer_than_the_window()
    {
        _window.Add(Noon, 5);

        Assert.Equal(Noon.AddHours(-1).AddSeconds(60), _window.RoomAt(1, 5, Noon.AddHours(-1)));
        Assert.Equal(0, _window.Used(Noon.AddHours(-1).AddSeconds(60)));
    }

    [Theory]
    [InlineData("421 4.7.0 Try again later", true)]
    [InlineData("450 4.7.1 Error: too many recipients", true)]
    [InlineData("452 4.5.3 Sending rate exceeded", true)]
    [InlineData("451 4.4.62 Mail sent to the wrong region, limit of messages was exceeded", true)]
    [InlineData("450 4.7.1 Greylisted, try again in 5 minutes", false)]
    [InlineData("451 4.3.2 Not now", false)]
    [InlineData("452 4.2.2 The separate mailbox is full", false)]
    public void A_server_asks_for_less_in_many_words(string reply, bool asks) =>
        Assert.Equal(asks, SlowDown.IsAskedFor(new(SubmissionResult.TemporaryFailure, reply, null, [])));
}
