using System.Text;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class MessagePagesTests(RealServers servers)
{
    private const string Mail = """
        From: Ann <ann@example.test>
        To: Bob <bob@example.test>
        Subject: <b>Both</b>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Grüße
        --b
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 8bit

        <p>Grüße</p><script>alert(1)</script><img src="https://tracker.example/x.png">
        --b--
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_text_is_served_alone()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync(Mail, Ct);

        var text = await user.GetAsync($"messages/{id}/text", Ct);

        Assert.Equal("Grüße", Encoding.UTF8.GetString(text.Bytes).Trim());
        Assert.Equal("text/plain; charset=utf-8", text.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?print=true", true)]
    public async Task The_html_is_a_page_that_runs_and_loads_nothing(string query, bool hasBlock)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync(Mail, Ct);

        using var answer = await servers.Http.GetAsync(new Uri($"/v1/accounts/{user.Account}/messages/{id}/html{query}", UriKind.Relative), Ct);
        var page = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.EndsWith("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("Grüße</p>", page, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;b&gt;Both", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" src=\"https://tracker", page, StringComparison.Ordinal);
        Assert.Equal(hasBlock, page.Contains("Ann &lt;ann@example.test&gt;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("html")]
    public async Task An_unknown_message_is_not_found(string form)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var gone = await user.DeliverAndFindAsync(Mail, Ct);
        await user.SendAsync(HttpMethod.Delete, $"messages/{gone}?permanent=true", null, Ct);

        var answer = await user.GetAsync($"messages/{gone}/{form}", Ct);

        Assert.Equal((410, "message-gone"), answer.Problem);
    }
}
