using Gateway.Features.Contacts;
using MailKit;
using MimeKit;

namespace Gateway.Tests.Contacts;

public sealed class ContactRankingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly ContactRanking _ranking = new("me@example.test", Now);

    [Fact]
    public void Whom_one_writes_to_lately_comes_first()
    {
        _ranking.AddReceived(Mail("often@example.test", "", 1));
        _ranking.AddReceived(Mail("often@example.test", "", 1));
        _ranking.AddSent(Mail("me@example.test", "once@example.test", 1));
        _ranking.AddSent(Mail("me@example.test", "\"Long Ago\" <ago@example.test>", 900));

        Assert.Equal(["once@example.test", "often@example.test", "ago@example.test"], _ranking.Ranked().Select(c => c.Address));
    }

    [Fact]
    public void Spellings_of_one_address_are_one_contact_with_its_newest_name()
    {
        _ranking.AddSent(Mail("me@example.test", "\"Ann Old\" <ann@example.test>", 30));
        _ranking.AddSent(Mail("me@example.test", "\"Ann New\" <ANN@Example.test>", 2));
        _ranking.AddSent(Mail("me@example.test", "ann@example.test", 1));

        var ann = Assert.Single(_ranking.Ranked());
        Assert.Equal(("Ann New", Now.AddDays(-1)), (ann.Name, ann.LastSeenAt));
    }

    [Fact]
    public void Neither_oneself_nor_machines_are_contacts()
    {
        foreach (var from in new[] { "ME@example.test", "no-reply@example.test", "Mailer-Daemon@example.test", "" }) { _ranking.AddReceived(Mail(from, "", 1)); }

        _ranking.AddSent(Mail("me@example.test", "me@example.test, undisclosed-recipients:;", 1));

        Assert.Empty(_ranking.Ranked());
    }

    [Theory]
    [InlineData("ann", true)]
    [InlineData("ÁNN", true)]
    [InlineData("kov", true)]
    [InlineData("anna.k", true)]
    [InlineData("firma", true)]
    [InlineData("ovacs", false)]
    [InlineData("nna", false)]
    public void A_prefix_is_looked_for_in_every_word(string prefix, bool matches) =>
        Assert.Equal(matches, ContactRanking.Matches(new("anna.k@firma.test", "Anna-Mária Kovács", Now), prefix));

    private static MessageSummary Mail(string from, string to, int daysAgo)
    {
        var envelope = new Envelope();
        if (from.Length > 0) { envelope.From.AddRange(InternetAddressList.Parse(from)); }

        if (to.Length > 0) { envelope.To.AddRange(InternetAddressList.Parse(to)); }

        return new(0) { Envelope = envelope, InternalDate = Now.AddDays(-daysAgo) };
    }
}
