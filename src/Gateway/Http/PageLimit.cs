using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Http;

/// <summary>How many items one page may hold.</summary>
internal static class PageLimit
{
    public const int Default = 50;
    public const int Max = 200;

    public static ProblemHttpResult? Check(int limit) =>
        limit is >= 1 and <= Max ? null : Problems.Malformed(new(null, "limit", $"must be 1 to {Max}"));
}
