using Gateway.Features.Messages;
using Gateway.Http;
using MailKit.Search;

namespace Gateway.Tests.Messages;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("hello", SearchTerm.MessageContains)]
    [InlineData("\"exact words\"", SearchTerm.MessageContains)]
    [InlineData("from:ann", SearchTerm.FromContains)]
    [InlineData("FROM:\"Ann Lee\"", SearchTerm.FromContains)]
    [InlineData("to:bob", SearchTerm.ToContains)]
    [InlineData("cc:bob", SearchTerm.CcContains)]
    [InlineData("subject:(", SearchTerm.SubjectContains)]
    [InlineData("body:x", SearchTerm.BodyContains)]
    [InlineData("is:unread", SearchTerm.NotSeen)]
    [InlineData("is:READ", SearchTerm.Seen)]
    [InlineData("is:starred", SearchTerm.Flagged)]
    [InlineData("is:answered", SearchTerm.Answered)]
    [InlineData("is:draft", SearchTerm.Draft)]
    [InlineData("keyword:work", SearchTerm.Keyword)]
    [InlineData("before:2026-01-31", SearchTerm.DeliveredBefore)]
    [InlineData("after:2026-01-31", SearchTerm.DeliveredAfter)]
    [InlineData("larger:5M", SearchTerm.LargerThan)]
    [InlineData("smaller:500", SearchTerm.SmallerThan)]
    [InlineData("-from:ann", SearchTerm.Not)]
    [InlineData("-\"a b\"", SearchTerm.Not)]
    [InlineData("re:", SearchTerm.MessageContains)]
    [InlineData("https://example.org/", SearchTerm.MessageContains)]
    [InlineData("\"unended words", SearchTerm.MessageContains)]
    [InlineData("-", SearchTerm.MessageContains)]
    [InlineData("a b", SearchTerm.And)]
    public void Words_and_operators_are_read(string text, SearchTerm term)
    {
        var (query, _, fault) = QueryText.Read(text);

        Assert.Null(fault);
        Assert.Equal(term, query!.Term);
    }

    [Theory]
    [InlineData("\"exact  words\"", "exact  words")]
    [InlineData("from:\"Ann Lee\" x", "Ann Lee")]
    [InlineData("subject:a\"b", "a\"b")]
    [InlineData("12:30", "12:30")]
    public void Values_are_taken_as_they_stand(string text, string value)
    {
        var query = QueryText.Read(text).Query!;
        if (query is BinarySearchQuery and) { query = and.Left; }

        Assert.Equal(value, Assert.IsType<TextSearchQuery>(query).Text);
    }

    [Theory]
    [InlineData("larger:5M", 5 * 1024 * 1024)]
    [InlineData("larger:2k", 2048)]
    [InlineData("larger:7", 7)]
    public void Sizes_have_units(string text, int bytes) =>
        Assert.Equal((ulong)bytes, Assert.IsType<NumericSearchQuery>(QueryText.Read(text).Query).Value);

    [Theory]
    [InlineData("from:", "from: needs a value")]
    [InlineData("from:\"\"", "from: needs a value")]
    [InlineData("is:green", "is: knows")]
    [InlineData("has:wings", "has: knows attachment, not 'wings'")]
    [InlineData("has:attachment -has:attachment", "has:attachment contradicts")]
    [InlineData("before:tomorrow", "before: needs a date")]
    [InlineData("after:2026-02-30", "after: needs a date")]
    [InlineData("larger:M", "larger: needs a size")]
    [InlineData("smaller:-1", "smaller: needs a size")]
    [InlineData("larger:9999999999M", "larger: needs a size")]
    [InlineData("keyword:(a", "'(a' is not a keyword")]
    [InlineData("   ", "has no words")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21", "at most 20 terms")]
    public void What_makes_no_sense_is_said(string text, string fault)
    {
        var read = QueryText.Read(text);

        Assert.Null(read.Query);
        Assert.StartsWith(fault, read.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_name_the_parameter_that_is_wrong()
    {
        (MessageFilter Filter, string Parameter)[] wrong =
        [
            (new() { From = "a\r\nb" }, "from"), (new() { Subject = "\0" }, "subject"), (new() { Text = "" }, "text"), (new() { Body = new('a', 1001) }, "body"),
            (new() { Keyword = "a b" }, "keyword"), (new() { Larger = -1 }, "larger"), (new() { Smaller = -1 }, "smaller"), (new() { Q = "is:green" }, "q"), (new() { Q = "a\nb" }, "q"),
            (new() { HasAttachment = true, Q = "-has:attachment" }, "q"),
        ];

        Assert.All(wrong, w => Assert.Equal(w.Parameter, w.Filter.Fault()?.Parameter));
        Assert.Null(new MessageFilter { From = "ann", Q = "is:unread", Unread = true, Since = new(2026, 1, 1) }.Fault());
    }

    [Theory]
    [InlineData("has:attachment", true)]
    [InlineData("-has:attachment from:ann", false)]
    [InlineData("from:ann", null)]
    public void Attachments_are_no_part_of_the_search(string text, bool? wanted)
    {
        Assert.Equal(wanted, QueryText.Read(text).Attachments);
        Assert.Equal(wanted, new MessageFilter { Q = text }.WantsAttachments);
        Assert.NotNull(QueryText.Read(text).Query);
    }

    [Fact]
    public void Only_flags_are_told_by_a_view()
    {
        Assert.True(new MessageFilter { Unread = true, Flagged = false, Answered = true }.IsOfFlags);
        Assert.False(new MessageFilter { Unread = true, From = "ann" }.IsOfFlags);
        Assert.False(new MessageFilter { Q = "is:unread" }.IsOfFlags);
        Assert.True(new MessageFilter().IsEmpty);
    }
}
