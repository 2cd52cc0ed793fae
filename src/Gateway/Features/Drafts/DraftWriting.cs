using Gateway.Features.Accounts;
using Gateway.Features.Identities;
using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gateway.Features.Drafts;

/// <summary>Makes the MIME of drafts.</summary>
internal sealed class DraftWriting(IDbContextFactory<GatewayDb> store, Senders senders, MessageBuilding building)
{
    /// <param name="messageIdHeader">That of the version before; a new one when null.</param>
    /// <param name="checks">Takes what is wrong; then the result means nothing.</param>
    /// <returns>Null when there is no such account.</returns>
    public async Task<MimeMessage?> BuildAsync(AccountId account, DraftRequest request, string? messageIdHeader, Checks checks, CancellationToken ct)
    {
        if (await AccountAsync(account, ct) is not { } record) { return null; }

        var from = await senders.OfAsync(record, ct);
        var submission = request.ToSubmission();
        foreach (var fault in SubmissionChecks.Of(submission, from, isDraft: true).Faults) { checks.Fail(fault.Pointer!, fault.Detail); }

        if (!checks.Passed) { return new(); }

        var message = await building.BuildAsync(record, submission, from, checks, ct);
        if (messageIdHeader is not null) { message.MessageId = messageIdHeader; }

        DraftHeader.Write(message, request.InReplyTo, request.Forwards);
        return message;
    }

    public async Task<AccountRecord?> AccountAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.AccountAsync(account, ct);
    }
}
