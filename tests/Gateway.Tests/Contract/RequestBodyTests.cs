using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Contract;

/// <summary>Generated clients write null for what they were not given.</summary>
public sealed class RequestBodyTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Whatever_may_be_left_out_of_a_body_may_be_null()
    {
        var optional = Bodies().SelectMany(type => type.GetConstructors()).SelectMany(c => c.GetParameters()).Where(p => p.HasDefaultValue).ToList();

        Assert.Contains(optional, p => p.Name == "SaveToSent");
        Assert.All(optional, p => Assert.True(Nullability.Create(p).WriteState == NullabilityState.Nullable, $"{p.Member.DeclaringType}: {p.Name} refuses null"));
    }

    private HashSet<Type> Bodies()
    {
        var found = new HashSet<Type>();
        foreach (var endpoint in gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type) { Collect(type, found); }
        }

        return found;
    }

    private static void Collect(Type type, HashSet<Type> found)
    {
        foreach (var inner in type.GetGenericArguments()) { Collect(inner, found); }

        if (type.Namespace?.StartsWith("Gateway", StringComparison.Ordinal) != true || !found.Add(type)) { return; }

        foreach (var property in type.GetProperties()) { Collect(property.PropertyType, found); }
    }
}
