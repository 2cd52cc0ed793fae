using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Gateway.IntegrationTests.Accounts;

public sealed class AccountsTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"email":"a\r\nb@example.test","credentials":{"type":"password","password":"x"}}""", "/email")]
    [InlineData("""{"email":"a@example.test","credentials":{"type":"password","password":"x\r\ny"}}""", "/credentials/password")]
    [InlineData("""{"email":"a@example.test","credentials":{"type":"password","password":"x","username":"u\u0000"}}""", "/credentials/username")]
    [InlineData("""{"email":"a@example.test","credentials":{"type":"password","password":"x"},"imap":{"host":"a b","port":993,"security":"tls"}}""", "/imap/host")]
    [InlineData("""{"email":"a@example.test","credentials":{"type":"password","password":"x"},"imap":{"host":"h","port":0,"security":"tls"}}""", "/imap/port")]
    public async Task A_hostile_value_is_refused_with_a_pointer(string body, string pointer)
    {
        using var answer = await servers.Http.PostAsJsonAsync("/v1/accounts", JsonDocument.Parse(body).RootElement, Ct);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(pointer, problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Accounts_are_paged_by_cursor()
    {
        var mine = new HashSet<string> { (await TestAccount.AddAsync(servers)).Id, (await TestAccount.AddAsync(servers)).Id, (await TestAccount.AddAsync(servers)).Id };

        var ids = await AllIdsAsync(limit: 1);

        Assert.Superset(mine, ids.ToHashSet());
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private async Task<List<string>> AllIdsAsync(int limit = 200)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await servers.Http.GetFromJsonAsync<JsonElement>($"/v1/accounts?limit={limit}&cursor={cursor}".Replace("&cursor=", cursor is null ? "" : "&cursor=", StringComparison.Ordinal), Ct);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("id").GetString()!));
            if (!page.TryGetProperty("nextCursor", out var next)) { return ids; }

            cursor = next.GetString();
        }
    }
}
