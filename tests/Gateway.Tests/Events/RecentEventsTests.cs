using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Tests.Events;

public sealed class RecentEventsTests
{
    private static readonly AccountId Ann = AccountId.New(TimeProvider.System);
    private static readonly AccountId Bob = AccountId.New(TimeProvider.System);

    private readonly RecentEvents _recent = new();

    [Fact]
    public void What_follows_a_number_comes_in_order_and_never_over_a_hole()
    {
        _recent.Add([Event(Ann, 4), Event(Ann, 5), Event(Bob, 1), Event(Ann, 6)]);

        Assert.Equal([5, 6], Numbers(Ann, 4));
        Assert.Equal([4, 5], Numbers(Ann, 3, most: 2));
        Assert.Null(Numbers(Ann, 2)); // 3 is to be read from the store first
        Assert.Equal([1], Numbers(Bob, 0));
    }

    [Fact]
    public void Whoever_has_read_all_need_not_ask_the_store_and_whoever_is_beyond_must()
    {
        _recent.Add([Event(Ann, 4), Event(Ann, 5)]);

        Assert.Equal([], Numbers(Ann, 5));
        Assert.Null(Numbers(Ann, 6));
        Assert.Null(Numbers(Bob, 0));
        _recent.Drop(Ann, long.MaxValue);

        Assert.Null(Numbers(Ann, 5));
    }

    [Fact]
    public void The_oldest_make_room_for_the_newest()
    {
        for (var number = 1; number <= 5; number++) { _recent.Add([Event(Ann, number, characters: 300_000)]); }

        Assert.Equal([4, 5], Numbers(Ann, 3));
        Assert.Null(Numbers(Ann, 1));
    }

    [Fact]
    public void What_was_dropped_is_not_found_and_what_takes_its_number_is()
    {
        _recent.Add([Event(Ann, 1), Event(Ann, 2), Event(Bob, 1)]);

        _recent.Drop(Ann, upTo: 1);
        Assert.Null(Numbers(Ann, 0));
        Assert.Equal([2], Numbers(Ann, 1));
        _recent.Drop(Ann, long.MaxValue);
        _recent.Add([Event(Ann, 1)]);

        Assert.Equal([1], Numbers(Ann, 0));
        Assert.Equal([1], Numbers(Bob, 0));
    }

    private IEnumerable<long>? Numbers(AccountId account, long after, int most = 200) => _recent.After(account, after, most)?.Select(e => e.Number);

    private static EventRecord Event(AccountId account, long number, int characters = 2) => new()
    {
        Account = account, Number = number, Type = "x", OccurredAt = default, DetectedAt = default, AppendedAt = default, Data = new string(' ', characters),
    };
}
