using Gateway.IntegrationTests;
using Gateway.IntegrationTests.Differential;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(WalkFirst))]

namespace Gateway.IntegrationTests;

/// <summary>The walk takes longer than most others together: it begins first, and they go on beside it.</summary>
public sealed class WalkFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(c => c.TestCollectionDisplayName.Contains(nameof(DifferentialTests), StringComparison.Ordinal))];
}
