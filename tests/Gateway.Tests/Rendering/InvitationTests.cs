using Gateway.Rendering;

namespace Gateway.Tests.Rendering;

public sealed class InvitationTests
{
    [Fact]
    public void An_invitation_tells_what_when_where_and_who()
    {
        var read = Read("""
            UID:1@example.test
            SEQUENCE:2
            DTSTART;TZID=Europe/Berlin:20260701T120000
            DTEND;TZID=Europe/Berlin:20260701T133000
            SUMMARY:Lunch\, as ever
            LOCATION:Canteen
            STATUS:CONFIRMED
            RRULE:FREQ=WEEKLY
            ORGANIZER;CN=Ann:mailto:ann@example.test
            ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION;ROLE=OPT-PARTICIPANT:mailto:bob@example.test
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:cy@example.test
            """);

        Assert.Equal((InvitationMethod.Request, "1@example.test", 2, "Lunch, as ever", "Canteen"), (read!.Method!.Value, read.Uid, read.Sequence, read.Summary, read.Location));
        Assert.Equal((new(2026, 7, 1, 10, 0, 0, TimeSpan.Zero), new(2026, 7, 1, 11, 30, 0, TimeSpan.Zero)), (read.Start!.Value, read.End!.Value));
        Assert.Equal((false, "Europe/Berlin", true, EventStatus.Confirmed), (read.AllDay, read.TimeZone, read.Recurs, read.Status!.Value));
        Assert.Equal(new("ann@example.test", "Ann"), read.Organizer);
        Assert.Equal([new("bob@example.test", "Bob", ParticipationStatus.NeedsAction, true), new("cy@example.test", null, ParticipationStatus.Accepted, false)], read.Attendees);
    }

    [Fact]
    public void A_whole_day_is_a_day_and_no_moment()
    {
        var read = Read("UID:1\nDTSTART;VALUE=DATE:20260701\nSUMMARY:Fair");

        Assert.True(read!.AllDay);
        Assert.Equal(new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero), read.Start);
        Assert.Null(read.TimeZone);
    }

    [Fact]
    public void A_duration_gives_the_end() =>
        Assert.Equal(new(2026, 7, 1, 11, 0, 0, TimeSpan.Zero), Read("UID:1\nDTSTART:20260701T100000Z\nDURATION:PT1H")!.End);

    [Fact]
    public void A_time_zone_of_windows_is_known() =>
        Assert.Equal(new(2026, 7, 1, 10, 0, 0, TimeSpan.Zero), Read("UID:1\nDTSTART;TZID=W. Europe Standard Time:20260701T120000")!.Start);

    [Theory]
    [InlineData("DTSTART;TZID=Nowhere:20260701T120000")]
    [InlineData("DTSTART:20269999T999999")]
    [InlineData("DTSTART:")]
    [InlineData("DTSTART;VALUE=DATE:nonsense")]
    [InlineData("ATTENDEE:mailto:")]
    [InlineData("ATTENDEE:::")]
    [InlineData("ORGANIZER:javascript:alert(1)")]
    [InlineData("DURATION:P99999999999999W")]
    [InlineData("RRULE:FREQ=NEVER;INTERVAL=-1;COUNT=99999999999999")]
    [InlineData("SEQUENCE:many")]
    public void What_makes_no_sense_throws_nothing(string line)
    {
        var read = Read($"UID:1\nSUMMARY:x\n{line}");

        Assert.Null(read?.Start);
        Assert.Null(read?.Organizer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("BEGIN:VCALENDAR")]
    [InlineData("END:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR")]
    [InlineData("nonsense")]
    public void What_is_no_calendar_is_none(string calendar) => Assert.Null(InvitationReading.Read(calendar, "2"));

    private static Invitation? Read(string lines) => InvitationReading.Read(
        $"BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n"), "2");
}
