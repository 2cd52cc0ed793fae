using Gateway.Features.Identities;
using Gateway.Features.Messages;
using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Drafts;

/// <summary>Begins a draft with what a message gives.</summary>
internal sealed class AnswerDrafting(MessageLocator locator, MessageReading messages, Senders senders, DraftWriting writing, DraftPlaces places, DraftReading reading)
{
    public async Task<Results<Created<Draft>, ProblemHttpResult>> BeginAsync(
        AccountId account, MessageKey key, AnswerRequest? answer, Func<Message, AnswerRequest, SenderChoice, DraftRequest> compose, CancellationToken ct)
    {
        if (await writing.AccountAsync(account, ct) is not { } record) { return Problems.AccountNotFound; }

        var checks = new Checks();
        SubmissionChecks.CheckAddresses(checks, "/to", answer?.To);
        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        if (await locator.FindAsync(account, key, ct) is not { } at) { return Problems.MessageNotFound; }

        var message = await messages.ReadAsync(account, key, at, markSeen: false, ct);
        return await AddDraft.HandleAsync(account, compose(message, answer ?? new(), await senders.OfAsync(record, ct)), writing, places, reading, ct);
    }
}
