using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Http;
using Gateway.Tests.Submissions;

namespace Gateway.Tests.Templates;

/// <summary>Templates are kept, tried, and sent: to one, and to many who each get their own mail.</summary>
public sealed class TemplateTests : IAsyncDisposable
{
    private static readonly object Welcome = new
    {
        name = "Welcome", subject = "Hello\n {{ name }}", text = "Dear {{ name }}, welcome to {{ product }}.", html = "<p>Dear {{ name }}, welcome to {{ product }}.</p>",
    };

    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Templates_are_added_listed_changed_and_deleted()
    {
        var root = $"/v1/accounts/{await _gateway.AddAccountAsync()}/templates";
        var added = await AddAsync(root, Welcome);
        await AddAsync(root, new { name = "Bye", text = "Bye" });

        using var put = await _gateway.Client().PutAsJsonAsync($"{root}/{added["id"]}", new { name = "Welcome!", text = "Hi {{ name }}" }, Ct);
        var changed = await _gateway.Client().GetFromJsonAsync<JsonObject>($"{root}/{added["id"]}", Ct);
        var list = await _gateway.Client().GetFromJsonAsync<JsonObject>(root, Ct);
        using var deleted = await _gateway.Client().DeleteAsync(new Uri($"{root}/{added["id"]}", UriKind.Relative), Ct);
        using var gone = await _gateway.Client().GetAsync(new Uri($"{root}/{added["id"]}", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(("Welcome!", null, "Hi {{ name }}"), ((string?)changed!["name"], (string?)changed["subject"], (string?)changed["text"]));
        Assert.Equal(["Bye", "Welcome!"], list!["items"]!.AsArray().Select(t => (string?)t!["name"]));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await gone.ProblemAsync(HttpStatusCode.NotFound, "template-not-found");
    }

    [Fact]
    public async Task A_faulty_template_is_refused_with_line_and_column()
    {
        var root = $"/v1/accounts/{await _gateway.AddAccountAsync()}/templates";

        using var faulty = await _gateway.Client().PostAsJsonAsync(root, new { name = "x", subject = "{{ a", html = "<p>\n{{ a | shout }}</p>" }, Ct);
        using var empty = await _gateway.Client().PostAsJsonAsync(root, new { name = " " }, Ct);

        var problem = await faulty.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        Assert.Equal(["/subject", "/html"], problem.Pointers());
        Assert.StartsWith("line 2, column ", (string?)problem["errors"]![1]!["detail"], StringComparison.Ordinal);
        Assert.Equal(["/name", ""], (await empty.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
    }

    [Fact]
    public async Task A_preview_shows_what_would_be_sent_and_what_is_missing()
    {
        var root = $"/v1/accounts/{await _gateway.AddAccountAsync()}/templates";

        using var answer = await _gateway.Client().PostAsJsonAsync($"{root}/preview", new { subject = "Hello\n {{ name }}", html = "<p>{{ name }} {{ other }}</p>", data = new { name = "<Ann>" } }, Ct);
        using var refused = await _gateway.Client().PostAsJsonAsync($"{root}/preview", new { text = "{% for i in (1..1000) %}{% for j in (1..1000) %}{% endfor %}{% endfor %}" }, Ct);

        var filled = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal(("Hello <Ann>", "<p>&lt;Ann&gt; </p>", null), ((string?)filled["subject"], (string?)filled["html"], (string?)filled["text"]));
        Assert.Equal("""["other"]""", filled["missing"]!.ToJsonString());
        Assert.Equal(["/text"], (await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
    }

    [Fact]
    public async Task A_submission_is_made_of_a_template()
    {
        var account = await _gateway.AddAccountAsync();
        var template = await AddAsync($"/v1/accounts/{account}/templates", Welcome);

        var id = await _gateway.SubmitAsync(account, new JsonObject
        {
            ["to"] = SendingGateway.Addresses("bob@example.test"), ["template"] = new JsonObject { ["id"] = (string?)template["id"], ["data"] = new JsonObject { ["name"] = "Bob & Co", ["product"] = "Gateway" } },
        });
        await _gateway.ReachedAsync(account, id, "sent");

        var mail = Assert.Single(_gateway.Smtp.Mails).Content;
        Assert.Contains("Subject: Hello Bob & Co\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("Dear Bob & Co, welcome to Gateway.", mail, StringComparison.Ordinal);
        Assert.Contains("<p>Dear Bob &amp; Co, welcome to Gateway.</p>", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_cannot_be_used_is_told_and_nothing_is_sent()
    {
        var account = await _gateway.AddAccountAsync();
        var other = await _gateway.AddAccountAsync("carl@example.test");
        var foreign = (string?)(await AddAsync($"/v1/accounts/{other}/templates", Welcome))["id"];
        var costly = (string?)(await AddAsync($"/v1/accounts/{account}/templates", new { name = "x", text = "{% for i in list %}{% for j in (1..1000) %}{% endfor %}{% endfor %}" }))["id"];

        Assert.Equal(["/template/id"], await FaultsAsync(new JsonObject { ["id"] = foreign }));
        Assert.Equal(["/template/id"], await FaultsAsync(new JsonObject { ["id"] = "x" }));
        Assert.Equal(["/template"], await FaultsAsync(new JsonObject { ["id"] = costly }, subject: "mine"));
        Assert.Equal(["/template/data"], await FaultsAsync(new JsonObject { ["id"] = costly, ["data"] = new JsonObject { ["list"] = new JsonArray([.. Enumerable.Range(0, 100).Select(i => JsonValue.Create(i))]) } }));

        async Task<IEnumerable<string?>> FaultsAsync(JsonObject use, string? subject = null)
        {
            var mail = new JsonObject { ["to"] = SendingGateway.Addresses("bob@example.test"), ["template"] = use };
            if (subject is not null) { mail["subject"] = subject; }

            using var answer = await _gateway.PostAsync(account, mail);
            return (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers();
        }
    }

    [Fact]
    public async Task A_merge_sends_each_recipient_their_own_mail_once()
    {
        var account = await _gateway.AddAccountAsync();
        var template = (string?)(await AddAsync($"/v1/accounts/{account}/templates", Welcome))["id"];
        var merge = new
        {
            template = new { id = template, data = new { product = "Gateway", name = "friend" } },
            recipients = new object[] { new { to = new { address = "bob@example.test" }, data = new { name = "Bob" } }, new { to = new { address = "carl@example.test" }, data = new { product = "Mail" } } },
        };

        var made = await MergeAsync(account, merge, "k1", HttpStatusCode.Accepted);
        var again = await MergeAsync(account, merge, "k1", HttpStatusCode.Accepted);
        foreach (var item in made["items"]!.AsArray()) { await _gateway.ReachedAsync(account, (string)item!["submissionId"]!, "sent"); }

        using var listed = await _gateway.ListSubmissionsAsync(account, $"mergeId={made["id"]}");
        using var none = await _gateway.ListSubmissionsAsync(account, $"mergeId={Guid.NewGuid():N}");
        Assert.Equal(made.ToJsonString(), again.ToJsonString());
        Assert.Equal(["bob@example.test", "carl@example.test"], made["items"]!.AsArray().Select(i => (string?)i!["address"]));
        Assert.Equal(["bob@example.test", "carl@example.test"], _gateway.Smtp.Mails.Select(m => Assert.Single(m.Recipients)));
        Assert.Contains("Dear Bob, welcome to Gateway.", _gateway.Smtp.Mails.ElementAt(0).Content, StringComparison.Ordinal);
        Assert.Contains("Dear friend, welcome to Mail.", _gateway.Smtp.Mails.ElementAt(1).Content, StringComparison.Ordinal);
        Assert.Equal(2, (await listed.Content.ReadFromJsonAsync<JsonObject>(Ct))!["items"]!.AsArray().Count);
        Assert.Empty((await none.Content.ReadFromJsonAsync<JsonObject>(Ct))!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_merge_with_a_fault_sends_nobody_anything()
    {
        var account = await _gateway.AddAccountAsync();
        var template = (string?)(await AddAsync($"/v1/accounts/{account}/templates", Welcome))["id"];
        var bob = new { to = new { address = "bob@example.test" } };

        await RefusedAsync(["/recipients"], new { template = new { id = template }, recipients = Array.Empty<object>() });
        await RefusedAsync(["/recipients"], new { template = new { id = template }, recipients = Enumerable.Repeat(bob, 501) });
        await RefusedAsync(["/recipients/1/to/address"], new { template = new { id = template }, recipients = new object[] { bob, new { to = new { address = "nobody" } } } });
        await RefusedAsync(["/template/id"], new { template = new { id = "x" }, recipients = new[] { bob } });
        await RefusedAsync(["/sendAt"], new { template = new { id = template }, recipients = new[] { bob }, sendAt = _gateway.Clock.GetUtcNow().AddYears(3) });
        await MergeAsync(account, new { template = new { id = template }, recipients = new[] { bob }, hold = true }, "k", HttpStatusCode.Accepted);
        await MergeAsync(account, new { template = new { id = template }, recipients = new[] { bob } }, "k", HttpStatusCode.Conflict);

        using var listed = await _gateway.ListSubmissionsAsync(account, "");
        Assert.Equal("held", (string?)Assert.Single((await listed.Content.ReadFromJsonAsync<JsonObject>(Ct))!["items"]!.AsArray())!["state"]);

        async Task RefusedAsync(string[] pointers, object merge) =>
            Assert.Equal(pointers, (await MergeAsync(account, merge, null, HttpStatusCode.UnprocessableEntity))["errors"]!.AsArray().Select(e => (string?)e!["pointer"]));
    }

    private async Task<JsonObject> AddAsync(string root, object template)
    {
        using var answer = await _gateway.Client().PostAsJsonAsync(root, template, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }

    private async Task<JsonObject> MergeAsync(Mail.AccountId account, object merge, string? key, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/accounts/{account}/submissions/merge") { Content = JsonContent.Create(merge) };
        if (key is not null) { request.Headers.Add("Idempotency-Key", key); }

        using var answer = await _gateway.Client().SendAsync(request, Ct);
        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }
}
