using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Threads;

internal static class UpdateThread
{
    private static readonly MailboxRole?[] StayThere = [MailboxRole.Sent, MailboxRole.Drafts, MailboxRole.Junk, MailboxRole.Trash];

    public static void Map(IEndpointRouteBuilder threads) => threads.MapPatch("{threadId}", HandleAsync)
        .WithName("UpdateThread").WithSummary("Change flags and keywords of every message of a conversation, or move it; each message has its own result")
        .WithProblems(413, 422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<BatchAnswer>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, ThreadId threadId, ThreadUpdate request, ThreadWriting writing, MailboxTree tree, MailboxNumbers numbers, CancellationToken ct)
    {
        var checks = new Checks();
        UpdateMessage.CheckKeywords(checks, "/keywords", request.Keywords);
        if (request is { Flags: null, Keywords: null, MailboxId: null }) { checks.Fail("", "asks for nothing"); }

        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        MailboxPlace? target = null;
        HashSet<MailboxId> stay = [];
        if (request.MailboxId is { } wanted)
        {
            target = await numbers.FindAsync(accountId, wanted, ct);
            if (target is null) { return Problems.MailboxNotFound; }

            stay = [.. (await tree.ReadAsync(accountId, Lane.Interactive, ct)).Where(m => StayThere.Contains(m.Role)).Select(m => m.Id)];
        }

        // Flags are everybody's, a move is not: two steps, since what stays is flagged as well.
        BatchAnswer? flagged = null;
        if (request is { Flags: not null } or { Keywords: not null })
        {
            flagged = await writing.ApplyAsync(accountId, threadId, new(request.Flags, request.Keywords), null, new HashSet<MailboxId>(), ct);
            if (flagged is null || target is null) { return flagged is null ? Problems.ThreadNotFound : TypedResults.Ok(flagged); }
        }

        var moved = await writing.ApplyAsync(accountId, threadId, new(MoveTo: request.MailboxId), target, stay, ct);
        return moved is null ? Problems.ThreadNotFound : TypedResults.Ok(new BatchAnswer(
            [.. (flagged?.Results ?? []).Where(f => moved.Results.All(m => m.Id != f.Id)), .. moved.Results]));
    }
}
