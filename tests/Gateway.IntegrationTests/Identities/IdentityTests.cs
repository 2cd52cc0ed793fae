using System.Text.Json;
using Xunit;

namespace Gateway.IntegrationTests.Identities;

public sealed class IdentityTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Identities_are_added_changed_listed_and_forgotten()
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var first = (await user.SendAsync(HttpMethod.Post, "identities", new { address = "sales@example.test", name = "Sales", isDefault = true, signatureHtml = "<b>S</b><script>x</script>" }, Ct)).Json;
        var second = (await user.SendAsync(HttpMethod.Post, "identities", new { address = "help@example.test", isDefault = true }, Ct)).Json;
        var changed = (await user.SendAsync(HttpMethod.Put, $"identities/{Text(second, "id")}", new { address = "help@example.test", name = "Help" }, Ct)).Json;
        var listed = (await user.GetAsync("identities", Ct)).Json.GetProperty("items").EnumerateArray().ToList();

        Assert.Equal("<b>S</b>", Text(first, "signatureHtml"));
        Assert.Equal(("Help", false), (Text(changed, "name"), changed.GetProperty("isDefault").GetBoolean()));
        Assert.Equal([("sales@example.test", false), ("help@example.test", false)], listed.Select(i => (Text(i, "address")!, i.GetProperty("isDefault").GetBoolean())));
        Assert.Equal(204, (int)(await user.SendAsync(HttpMethod.Delete, $"identities/{Text(first, "id")}", null, Ct)).Status);
        Assert.Equal((404, "identity-not-found"), (await user.GetAsync($"identities/{Text(first, "id")}", Ct)).Problem);
    }

    [Fact]
    public async Task A_mail_is_from_the_identity_it_names_or_from_the_default_one()
    {
        var (user, other) = (await ServedUser.NewAsync(servers, Ct), servers.Mail.NewUser());
        await user.SendAsync(HttpMethod.Post, "identities", new { address = other, name = "Other", isDefault = true, replyTo = "answers@example.test" }, Ct);

        var byDefault = (await user.SendAsync(HttpMethod.Post, "drafts", new { subject = "x" }, Ct)).Json;
        var own = (await user.SendAsync(HttpMethod.Post, "drafts", new { from = new { address = user.Address } }, Ct)).Json;
        var strange = await user.SendAsync(HttpMethod.Post, "drafts", new { from = new { address = "stranger@example.test" } }, Ct);

        Assert.Equal((other, "Other"), (Text(byDefault.GetProperty("from"), "address"), Text(byDefault.GetProperty("from"), "name")));
        Assert.Equal("answers@example.test", Text(byDefault.GetProperty("replyTo")[0], "address"));
        Assert.Equal(user.Address, Text(own.GetProperty("from"), "address"));
        Assert.Equal((422, "validation-failed"), strange.Problem);
    }

    [Theory]
    [InlineData("""{"address":"no address"}""", "/address")]
    [InlineData("""{"address":"a@b.test\r\nBcc: c@d.test"}""", "/address")]
    [InlineData("""{"address":"a@b.test","name":"x\r\ny"}""", "/name")]
    [InlineData("""{"address":"a@b.test","replyTo":"x"}""", "/replyTo")]
    [InlineData("""{"address":"a@b.test","signatureText":"\u0000"}""", "/signatureText")]
    public async Task What_makes_no_sense_is_refused_with_its_place(string body, string pointer)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await user.SendAsync(HttpMethod.Post, "identities", JsonSerializer.Deserialize<JsonElement>(body), Ct);

        Assert.Equal((422, "validation-failed"), answer.Problem);
        Assert.Contains(pointer, answer.Json.GetProperty("errors").EnumerateArray().Select(e => Text(e, "pointer")));
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
