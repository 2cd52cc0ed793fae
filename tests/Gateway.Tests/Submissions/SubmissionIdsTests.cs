using Gateway.Features.Submissions;

namespace Gateway.Tests.Submissions;

public sealed class SubmissionIdsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 7, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Ids_sort_as_they_were_made()
    {
        var ids = new SubmissionIds();

        // More than a millisecond has room for, then a clock set back, then a later time.
        List<Guid> made = [.. Enumerable.Range(0, 10_000).Select(_ => ids.Next(Now)), ids.Next(Now.AddHours(-1)), ids.Next(Now.AddSeconds(1))];

        Assert.Equal(made.Select(id => id.ToString("N")).Order(StringComparer.Ordinal), made.Select(id => id.ToString("N")));
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    [Fact]
    public void Id_is_a_version_7_uuid_of_its_time()
    {
        var id = new SubmissionIds().Next(Now);

        Assert.Equal((7, true), (id.Version, id.Variant is >= 8 and <= 11));
        Assert.Equal(Guid.CreateVersion7(Now).ToString("N")[..12], id.ToString("N")[..12]);
    }
}
