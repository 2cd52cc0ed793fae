using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Mail;
using Gateway.Tests.Http;

namespace Gateway.Tests.Submissions;

/// <summary>Whoever submits may wait for the outcome.</summary>
public sealed class OutcomeWaitTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task The_answer_comes_with_the_outcome()
    {
        var account = await _gateway.AddAccountAsync();

        var submission = await SubmitAsync(account, 60, new());

        Assert.Equal(("sent", "accepted"), ((string?)submission["state"], (string?)submission["recipients"]![0]!["state"]));
        Assert.Single(submission["attempts"]!.AsArray());
    }

    [Fact]
    public async Task A_refused_mail_is_an_outcome_too()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("RCPT", "550 5.1.1 Nobody here");

        var submission = await SubmitAsync(account, 60, new());

        Assert.Equal("failed", (string?)submission["state"]);
        Assert.Contains("Nobody here", (string?)submission["recipients"]![0]!["reply"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_seconds_are_over_the_answer_tells_how_far_it_is()
    {
        var account = await _gateway.AddAccountAsync();
        var over = _gateway.Clock.GetUtcNow().AddSeconds(7);

        var waiting = SubmitAsync(account, 7, new() { ["hold"] = true });
        await _gateway.Clock.ReachAsync(over, TimeSpan.FromMinutes(1), Ct);

        Assert.Equal("held", (string?)(await waiting)["state"]);
    }

    [Fact]
    public async Task What_somebody_else_does_meanwhile_is_told_at_once()
    {
        var account = await _gateway.AddAccountAsync();

        var waiting = SubmitAsync(account, 60, new() { ["hold"] = true });
        var id = await _gateway.FirstSubmissionAsync(account);
        using var released = await _gateway.Client().PatchAsJsonAsync($"/v1/accounts/{account}/submissions/{id}", new { hold = false }, Ct);

        Assert.Equal((id, "sent"), ((string?)(await waiting)["id"], (string?)(await waiting)["state"]));
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_changes_nothing()
    {
        var account = await _gateway.AddAccountAsync();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var waiting = _gateway.Client().PostAsJsonAsync(Path(account, 60), Mail(new() { ["hold"] = true }), leaving.Token);
        var id = await _gateway.FirstSubmissionAsync(account);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        using var released = await _gateway.Client().PatchAsJsonAsync($"/v1/accounts/{account}/submissions/{id}", new { hold = false }, Ct);

        await _gateway.ReachedAsync(account, id, "sent");
        Assert.Single(_gateway.Smtp.Mails);
    }

    [Fact]
    public async Task A_repeat_waits_as_well()
    {
        var account = await _gateway.AddAccountAsync();
        using var first = await _gateway.PostAsync(account, Mail(new()), "key");
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(account, 60)) { Content = JsonContent.Create(Mail(new())), Headers = { { "Idempotency-Key", "key" } } };

        using var again = await _gateway.Client().SendAsync(request, Ct);

        Assert.Equal("sent", (string?)(await SendingGateway.BodyAsync(again, HttpStatusCode.Accepted))["state"]);
        Assert.Single(_gateway.Smtp.Mails);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(61)]
    public async Task It_waits_a_minute_at_most(int seconds)
    {
        using var answer = await _gateway.Client().PostAsJsonAsync(Path(await _gateway.AddAccountAsync(), seconds), Mail(new()), Ct);

        Assert.Equal(["wait"], (await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request")).Parameters());
    }

    private async Task<JsonObject> SubmitAsync(AccountId account, int wait, JsonObject mail)
    {
        using var answer = await _gateway.Client().PostAsJsonAsync(Path(account, wait), Mail(mail), Ct);
        return await SendingGateway.BodyAsync(answer, HttpStatusCode.Accepted);
    }

    private static string Path(AccountId account, int wait) => $"/v1/accounts/{account}/submissions?wait={wait}";

    private static JsonObject Mail(JsonObject more)
    {
        (more["to"], more["subject"], more["saveToSent"]) = (SendingGateway.Addresses("to@example.test"), "Hello", false);
        return more;
    }
}
