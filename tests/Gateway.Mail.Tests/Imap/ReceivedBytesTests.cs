using System.Text;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Mail.Tests.Imap;

public sealed class ReceivedBytesTests
{
    [Fact]
    public async Task A_body_structure_nested_too_deeply_is_a_fault_and_the_process_lives()
    {
        await using var engine = Engine.WithImap();
        engine.ImapServer.Inbox.Add("Hello");
        engine.ImapServer.On("UID FETCH", (session, command) =>
            session.WriteLineAsync("* 1 FETCH (UID 1 BODYSTRUCTURE " + new string('(', 4000) + new string(')', 4000) + $")\r\n{command.Tag} OK"));

        var fault = await Assert.ThrowsAsync<MailException>(() => engine.Imap.RunAsync(
            engine.Account, "INBOX", FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([new UniqueId(1)], MessageSummaryItems.BodyStructure, lease.CommandToken), Engine.Ct));

        Assert.Equal(MailFault.Protocol, fault.Fault);
        Assert.Equal(1, engine.ImapServer.Count("UID FETCH"));
        engine.ImapServer.Happily("UID FETCH");
        Assert.Equal(1, await engine.CountAsync());
    }

    [Theory]
    [InlineData(256, false)]
    [InlineData(257, true)]
    public void The_257th_parenthesis_is_one_too_many(int depth, bool refused) => Assert.Equal(refused, Refuses(new string('(', depth)));

    [Fact]
    public void Chunk_borders_change_nothing()
    {
        var heard = new ReceivedBytes();
        var one = "("u8.ToArray();
        for (var i = 0; i < 256; i++) { heard.LogServer(one, 0, 1); }

        Assert.Throws<MailException>(() => heard.LogServer(one, 0, 1));
    }

    [Fact]
    public void Closed_parentheses_do_not_count() => Assert.False(Refuses(string.Concat(Enumerable.Repeat("()", 10_000))));

    [Fact]
    public void A_new_line_begins_anew() => Assert.False(Refuses(string.Concat(Enumerable.Repeat("(\r\n", 10_000))));

    [Fact]
    public void Parentheses_in_strings_do_not_count() => Assert.False(Refuses($"* 1 FETCH (\"{new string('(', 5000)}\\\"{new string('(', 500)}\")\r\n"));

    [Fact]
    public void Parentheses_in_literals_do_not_count() => Assert.False(Refuses($"* 1 FETCH (BODY[] {{5000}}\r\n{new string('(', 5000)})\r\n"));

    [Fact]
    public void What_follows_a_literal_counts_again() => Assert.True(Refuses($"* 1 FETCH (BODY[] {{3}}\r\n((({new string('(', 300)}"));

    [Fact]
    public void What_follows_an_empty_literal_counts() => Assert.True(Refuses($"* 1 FETCH (BODY[] {{0}}\r\n{new string('(', 300)}"));

    [Fact]
    public void A_brace_that_begins_no_literal_hides_nothing() => Assert.True(Refuses($"* 1 FETCH ({{x{new string('(', 300)}"));

    [Fact]
    public void A_string_cut_off_by_the_end_of_the_line_hides_nothing() => Assert.True(Refuses($"* OK \"open\r\n{new string('(', 300)}"));

    [Fact]
    public void A_quote_in_free_text_does_not_hide_the_next_line() => Assert.True(Refuses($"* OK It\"s me\r\n* 1 FETCH {new string('(', 300)}"));

    [Fact]
    public void Literals_hold_across_chunks()
    {
        var heard = new ReceivedBytes();
        foreach (var chunk in new[] { "* 1 FETCH (BODY[] {10", "0}\r", "\n", new string('(', 60), new string('(', 40), ")\r\n" })
        {
            heard.LogServer(Encoding.ASCII.GetBytes(chunk), 0, chunk.Length);
        }

        Assert.Throws<MailException>(() => heard.LogServer(Encoding.ASCII.GetBytes(new string('(', 300)), 0, 300));
    }

    [Theory]
    [InlineData("A1 NO [LIMIT] Later.\r\n", "[LIMIT] Later.")]
    [InlineData("* BYE Gone fishing.\r\n", "Gone fishing.")]
    [InlineData("A1 OK Fine.\r\n", null)]
    [InlineData("* 1 FETCH (BODY[] {12}\r\nA1 NO Never\r\n)\r\n", null)]
    public void The_words_of_a_refusal_are_kept(string received, string? expected)
    {
        var heard = new ReceivedBytes();

        heard.LogServer(Encoding.ASCII.GetBytes(received), 0, received.Length);

        Assert.Equal(expected, heard.Refusal);
    }

    private static bool Refuses(string received)
    {
        try
        {
            new ReceivedBytes().LogServer(Encoding.ASCII.GetBytes(received), 0, received.Length);
            return false;
        }
        catch (MailException) { return true; }
    }
}
