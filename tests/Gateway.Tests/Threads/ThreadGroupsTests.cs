using Gateway.Features.Threads;
using Gateway.Mail;

namespace Gateway.Tests.Threads;

public sealed class ThreadGroupsTests
{
    [Fact]
    public void Messages_that_name_each_other_are_one_conversation_whatever_mailbox_they_are_in()
    {
        var groups = Of(("a", 1, 10, "1", []), ("b", 7, 20, "2", ["1"]), ("a", 2, 30, "3", ["1", "2"]), ("a", 3, 40, "other", []));

        var thread = groups.ThreadOf(Place("a", 1))!.Value;
        Assert.Equal([Place("a", 1), Place("b", 7), Place("a", 2)], groups.MessagesOf(thread));
        Assert.NotEqual(thread, groups.ThreadOf(Place("a", 3)));
    }

    [Fact]
    public void Two_branches_are_joined_by_a_root_nobody_has() =>
        Assert.Single(new[] { 1u, 2u }.Select(uid => Of(("a", 1, 10, "x", ["root"]), ("a", 2, 20, "y", ["root"])).ThreadOf(Place("a", uid))).Distinct());

    [Fact]
    public void A_conversation_keeps_its_id_when_answers_come()
    {
        (string, uint, long, string, string[])[] begun = [("a", 1, 10, "1", []), ("a", 2, 20, "2", ["1"])];

        Assert.Equal(Of(begun).ThreadOf(Place("a", 1)), Of([.. begun, ("b", 3, 30, "3", ["1", "2"]), ("a", 4, 40, "4", ["3"])]).ThreadOf(Place("a", 4)));
        Assert.Equal(Of(("a", 2, 20, "2", ["1"])).ThreadOf(Place("a", 2)), Of(begun).ThreadOf(Place("a", 2)));
    }

    [Fact]
    public void Messages_that_name_each_other_in_a_circle_end_as_one_conversation()
    {
        var groups = Of(("a", 1, 10, "1", ["2"]), ("a", 2, 20, "2", ["3"]), ("a", 3, 30, "3", ["1", "3"]));

        Assert.Equal(3, groups.MessagesOf(groups.ThreadOf(Place("a", 3))!.Value).Count);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_is_joined_at_once()
    {
        var chain = Enumerable.Range(1, 100_000).Select(i => ("a", (uint)i, (long)i, $"{i}", new[] { $"{i - 1}" })).ToArray();

        var groups = Of(chain);

        Assert.Equal(100_000, groups.MessagesOf(groups.ThreadOf(Place("a", 77))!.Value).Count);
    }

    private static ThreadGroups Of(params (string Mailbox, uint Uid, long At, string Id, string[] References)[] messages) =>
        new([.. messages.Select(m => (Place(m.Mailbox, m.Uid), new ThreadNode(Hash(m.Id), [.. m.References.Select(Hash)], m.At)))]);

    private static MessageKey Place(string mailbox, uint uid) => new(new(mailbox[0]), uid);

    private static ulong Hash(string id) => id.Aggregate(14695981039346656037ul, (hash, c) => (hash ^ c) * 1099511628211ul);
}
