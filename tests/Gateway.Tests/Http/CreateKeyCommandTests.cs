using Gateway.Features.ApiKeys;
using Gateway.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Http;

public sealed class CreateKeyCommandTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData]
    [InlineData("ci")]
    [InlineData("--scopes", "mail:read")]
    [InlineData("ci", "--scopes")]
    [InlineData("ci", "--scopes", "")]
    [InlineData("ci", "--scopes", "mail:read", "--account", "x")]
    [InlineData("ci", "--scopes", "mail:read", "--days", "0")]
    [InlineData("ci", "--scopes", "mail:read", "--days", "soon")]
    [InlineData("ci", "--scopes", "mail:read", "--color", "red")]
    public async Task Words_that_make_no_sense_make_no_key(params string[] args)
    {
        var keys = gateway.Services.GetRequiredService<ApiKeys>();

        Assert.Equal(2, await CreateKeyCommand.RunAsync(keys, args, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.False(await keys.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_scope_has_a_name_that_reads_back()
    {
        Assert.True(ScopeNames.TryParse("mail:read mail:write mail:send accounts:manage webhooks:manage admin", out var all));
        Assert.Equal(Scopes.All, all);
        Assert.Equal("mail:read admin", ScopeNames.Of(Scopes.MailRead | Scopes.Admin));
    }
}
