using System.Text.Json.Nodes;
using Gateway.Features.Submissions;
using Gateway.Storage;
using Gateway.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Submissions;

/// <summary>What becomes of a submission after 202, whatever the SMTP server does.</summary>
public sealed class OutboxTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Mail_is_sent_and_not_kept()
    {
        var account = await _gateway.AddAccountAsync();

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var sent = await _gateway.ReachedAsync(account, id, "sent");

        var mail = Assert.Single(_gateway.Smtp.Mails);
        Assert.Equal(("ann@example.test", "bob@example.test"), (mail.Sender, Assert.Single(mail.Recipients)));
        Assert.Equal(["accepted"], States(sent));
        Assert.Equal(("accepted", "250 2.0.0 Queued as 1"), ((string?)sent["attempts"]![0]!["result"], (string?)sent["attempts"]![0]!["reply"]));
        Assert.False(await _gateway.HoldsMimeAsync(id));
        Assert.Null(sent["sendAt"]);
    }

    [Fact]
    public async Task Greylisted_mail_is_sent_when_its_wait_is_over()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("RCPT", "450 4.7.1 Greylisted");

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var queued = await _gateway.ReachedAsync(account, id, "queued");
        _gateway.Smtp.Happily("RCPT");
        await _gateway.ReachDueTimeAsync(queued);
        var sent = await _gateway.ReachedAsync(account, id, "sent", attempts: 2);

        Assert.Equal("450 4.7.1 Greylisted", (string?)queued["recipients"]![0]!["reply"]);
        Assert.Equal(["temporary-failure", "accepted"], sent["attempts"]!.AsArray().Select(a => (string?)a!["result"]));
        Assert.Contains($"Message-Id: <{sent["messageIdHeader"]}>", Assert.Single(_gateway.Smtp.Mails).Content, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Waits_follow_the_plan_and_end_after_five_days()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "451 4.3.2 Not now");

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        List<int> waits = [];
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            var queued = await _gateway.ReachedAsync(account, id, "queued", attempt);
            waits.Add((int)Math.Round((Time(queued["sendAt"]) - Time(queued["attempts"]![attempt - 1]!["at"])).TotalMinutes));
            if (attempt == 8) { _gateway.Clock.Advance(TimeSpan.FromDays(5)); }
            else { await _gateway.ReachDueTimeAsync(queued); }
        }

        var failed = await _gateway.ReachedAsync(account, id, "failed", attempts: 9);

        Assert.Equal([1, 2, 5, 10, 30, 60, 60, 60], waits);
        Assert.Equal("451 4.3.2 Not now", (string?)failed["recipients"]![0]!["reply"]);
        Assert.True(await _gateway.HoldsMimeAsync(id)); // so that it can be sent again
    }

    [Fact]
    public async Task Refusal_for_good_is_told_in_the_servers_words()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply(".", "554 5.7.1 Looks like spam");

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var failed = await _gateway.ReachedAsync(account, id, "failed");

        Assert.Equal(("failed", "554 5.7.1 Looks like spam"), ((string?)failed["recipients"]![0]!["state"], (string?)failed["recipients"]![0]!["reply"]));
        Assert.True(await _gateway.HoldsMimeAsync(id)); // so that it can be sent again
    }

    [Fact]
    public async Task Only_recipients_refused_for_the_moment_are_tried_again()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.On("RCPT", (session, to) =>
            to.Contains("later", StringComparison.Ordinal) ? session.ReplyAsync("450 4.2.0 Later")
            : to.Contains("never", StringComparison.Ordinal) ? session.ReplyAsync("550 5.1.1 Never")
            : session.AnswerAsync("RCPT", to));

        var id = await _gateway.SubmitAsync(account, "now@example.test", "later@example.test", "never@example.test");
        var queued = await _gateway.ReachedAsync(account, id, "queued");
        _gateway.Smtp.Happily("RCPT");
        await _gateway.ReachDueTimeAsync(queued);
        var done = await _gateway.ReachedAsync(account, id, "partially-sent", attempts: 2);

        Assert.Equal(["accepted", "pending", "failed"], States(queued));
        Assert.Equal(["accepted", "accepted", "failed"], States(done));
        Assert.Equal([["now@example.test"], ["later@example.test"]], _gateway.Smtp.Mails.Select(m => m.Recipients));
    }

    [Fact]
    public async Task Link_lost_after_the_final_dot_is_unknown_and_not_tried_again()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.On(".", (session, _) => DropAsync(session));

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var unknown = await _gateway.ReachedAsync(account, id, "unknown");
        var other = await _gateway.SubmitAsync(account, "carl@example.test"); // shows that the outbox went on
        await _gateway.ReachedAsync(account, other, "unknown");

        Assert.Equal(["unknown"], States(unknown));
        Assert.Null(unknown["sendAt"]);
        Assert.Equal(2, _gateway.Smtp.Count("DATA"));
        Assert.True(await _gateway.HoldsMimeAsync(id)); // whoever decides to send it again still can
    }

    [Fact]
    public async Task Link_lost_before_the_final_dot_is_tried_again()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.On("DATA", (session, _) => DropAsync(session));

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var queued = await _gateway.ReachedAsync(account, id, "queued");
        _gateway.Smtp.Happily("DATA");
        await _gateway.ReachDueTimeAsync(queued);
        await _gateway.ReachedAsync(account, id, "sent", attempts: 2);

        Assert.Single(_gateway.Smtp.Mails);
    }

    [Fact]
    public async Task Wrong_password_is_waited_out_without_signing_in_again()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Password = "changed";

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var queued = await _gateway.ReachedAsync(account, id, "queued");
        await _gateway.ReachDueTimeAsync(queued);
        await _gateway.ReachedAsync(account, id, "queued", attempts: 2);

        Assert.Equal("temporary-failure", (string?)queued["attempts"]![0]!["result"]);
        Assert.Equal(1, _gateway.Smtp.Logins);
    }

    [Fact]
    public async Task Mails_of_an_account_leave_in_their_order()
    {
        var account = await _gateway.AddAccountAsync();
        var addresses = Enumerable.Range(1, 8).Select(i => $"to{i}@example.test").ToList();

        var ids = new List<string>();
        foreach (var address in addresses) { ids.Add(await _gateway.SubmitAsync(account, address)); }

        await _gateway.ReachedAsync(account, ids[^1], "sent");

        Assert.Equal(addresses, _gateway.Smtp.Mails.Select(m => Assert.Single(m.Recipients)));
    }

    [Fact]
    public async Task Outcome_of_a_mail_is_on_record_before_the_next_one_leaves()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "451 4.3.2 Not now");
        var first = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.ReachedAsync(account, first, "queued");
        var second = await _gateway.SubmitAsync(account, "carl@example.test");
        var queued = await _gateway.ReachedAsync(account, second, "queued");
        _gateway.Smtp.Happily("MAIL");
        _gateway.Smtp.On("DATA", (session, arguments) => _gateway.Smtp.Count("DATA") == 2 ? FreezeAsync(session) : session.AnswerAsync("DATA", arguments));

        await _gateway.ReachDueTimeAsync(queued); // both are due, and taken together
        await _gateway.Smtp.UntilAsync(() => _gateway.Smtp.Count("DATA") == 2, Ct);

        Assert.Equal(("sent", "sending"), (await StateAsync(account, first), await StateAsync(account, second)));
    }

    [Fact]
    public async Task Mail_that_waits_for_a_session_is_still_queued()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.On("EHLO", (session, _) => FreezeAsync(session));

        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.Smtp.UntilAsync(() => _gateway.Smtp.Count("EHLO") == 1, Ct);

        Assert.Equal("queued", await StateAsync(account, id)); // a crash here loses nothing and sends nothing twice
    }

    [Fact]
    public async Task Server_that_hangs_holds_up_only_its_own_account()
    {
        await using var hung = new ScriptedSmtpServer();
        hung.On("MAIL", (session, _) => FreezeAsync(session));
        var (first, second) = (await _gateway.AddAccountAsync("hung@example.test", hung.Port), await _gateway.AddAccountAsync());

        await _gateway.SubmitAsync(first, "bob@example.test");
        await hung.UntilAsync(() => hung.Count("MAIL") == 1, Ct);
        var id = await _gateway.SubmitAsync(second, "bob@example.test");

        await _gateway.ReachedAsync(second, id, "sent");
    }

    [Fact]
    public async Task Unreadable_mail_fails_alone()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "451 4.3.2 Not now");
        var broken = await _gateway.SubmitAsync(account, "bob@example.test");
        var queued = await _gateway.ReachedAsync(account, broken, "queued");
        await using (var db = await Store().CreateDbContextAsync(Ct))
        {
            await db.SubmissionMimes.ExecuteUpdateAsync(set => set.SetProperty(m => m.SealedMime, new byte[] { 1, 2, 3 }), Ct);
        }

        _gateway.Smtp.Happily("MAIL");
        await _gateway.ReachDueTimeAsync(queued);
        await _gateway.ReachedAsync(account, broken, "failed", attempts: 2);
        var id = await _gateway.SubmitAsync(account, "bob@example.test");

        await _gateway.ReachedAsync(account, id, "sent");
    }

    [Fact]
    public async Task Stop_before_the_hand_over_sends_once_at_the_next_start()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.On("EHLO", (session, _) => FreezeAsync(session));
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.Smtp.UntilAsync(() => _gateway.Smtp.Count("EHLO") == 1, Ct);

        await _gateway.StopAsync();
        _gateway.Smtp.Happily("EHLO");
        _gateway.Restart();

        await _gateway.ReachedAsync(account, id, "sent");
        Assert.Single(_gateway.Smtp.Mails);
    }

    [Theory]
    [InlineData(false, "sent", 2, 1)]
    [InlineData(true, "unknown", 1, 0)]
    public async Task Attempt_cut_off_by_a_crash_is_taken_up_by_what_is_on_record(bool handedOver, string state, int attempts, int mails)
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "451 4.3.2 Not now");
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.ReachedAsync(account, id, "queued");
        _gateway.Smtp.Happily("MAIL");
        await _gateway.StopAsync();
        _gateway.Restart();
        await AsLeftByACrashAsync(id, handedOver);
        await _gateway.RestartAsync();

        var found = await _gateway.ReachedAsync(account, id, state, attempts);

        Assert.Equal(mails, _gateway.Smtp.Mails.Count);
        Assert.All(found["attempts"]!.AsArray(), attempt => Assert.NotNull(attempt!["result"]));
    }

    [Fact]
    public async Task Deleted_accounts_mail_is_not_sent()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "451 4.3.2 Not now");
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.ReachedAsync(account, id, "queued");
        _gateway.Smtp.Happily("MAIL");

        await _gateway.Services.GetRequiredService<Features.Accounts.Accounts>().DeleteAsync(account, Ct);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var other = await _gateway.AddAccountAsync("other@example.test");
        await _gateway.ReachedAsync(other, await _gateway.SubmitAsync(other, "bob@example.test"), "sent");

        Assert.Equal("other@example.test", Assert.Single(_gateway.Smtp.Mails).Sender);
        Assert.False(await _gateway.HoldsMimeAsync(id));
    }

    [Fact]
    public void Waits_of_the_settings_replace_the_plan()
    {
        var options = new OutboxOptions { RetryAfter = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)] };

        Assert.Equal([1, 3, 3], new[] { 1, 2, 3 }.Select(attempts => options.WaitAfter(attempts).TotalSeconds));
        Assert.Equal(TimeSpan.FromDays(5), _gateway.Services.GetRequiredService<IOptions<OutboxOptions>>().Value.GiveUpAfter);
    }

    private static IEnumerable<string?> States(JsonObject submission) => submission["recipients"]!.AsArray().Select(r => (string?)r!["state"]);

    private static DateTimeOffset Time(JsonNode? text) => DateTimeOffset.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture);

    private static Task DropAsync(ScriptedSmtpSession session)
    {
        session.Connection.Drop();
        return Task.CompletedTask;
    }

    private static Task FreezeAsync(ScriptedSmtpSession session)
    {
        session.Connection.Freeze();
        return Task.CompletedTask;
    }

    private async Task<string?> StateAsync(Mail.AccountId account, string id) => (string?)(await _gateway.GetAsync(account, id))["state"];

    private IDbContextFactory<GatewayDb> Store() => _gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();

    private async Task AsLeftByACrashAsync(string id, bool handedOver)
    {
        var (submission, now) = (Guid.Parse(id), _gateway.Clock.GetUtcNow());
        await using var db = await Store().CreateDbContextAsync(Ct);
        await db.Submissions.Where(s => s.Id == submission).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.State, SubmissionState.Sending).SetProperty(s => s.DueAt, (DateTimeOffset?)null)
            .SetProperty(s => s.HandedOverAt, handedOver ? now : null), Ct);
        await db.Set<AttemptRecord>().Where(a => a.SubmissionId == submission).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Result, (Gateway.Mail.Smtp.SubmissionResult?)null), Ct);
    }
}
