using Gateway.Mail.Smtp;
using MimeKit;

namespace Gateway.Mail.Tests.Smtp;

public sealed class UnsendableMailTests
{
    [Fact]
    public async Task A_recipient_that_cannot_be_written_fails_for_good()
    {
        await using var engine = Engine.WithSmtp();

        var outcome = await SendAsync(engine, "no address at all <");

        Assert.Equal(SubmissionResult.PermanentFailure, outcome.Result);
        Assert.Empty(engine.SmtpServer.Mails);
        Assert.Equal(SubmissionResult.Accepted, (await SendAsync(engine, "ann@example.org")).Result);
    }

    private static Task<SubmissionOutcome> SendAsync(Engine engine, string recipient)
    {
        var message = new MimeMessage { Subject = "Hello", Body = new TextPart("plain") { Text = "Hello" } };
        message.From.Add(new MailboxAddress("Bob", "bob@example.org"));
        return engine.Smtp.SubmitAsync(engine.Account, new("bob@example.org", [recipient], message), _ => Task.CompletedTask, Engine.Ct);
    }
}
