using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Threads;

internal static class DeleteThread
{
    public static void Map(IEndpointRouteBuilder threads) => threads.MapDelete("{threadId}", HandleAsync)
        .WithName("DeleteThread").WithSummary("Move every message of a conversation to the trash, or with permanent=true expunge them; each has its own result").RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<BatchAnswer>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, ThreadId threadId, ThreadWriting writing, MailboxTree tree, MailboxNumbers numbers, CancellationToken ct, bool permanent = false)
    {
        var trash = permanent ? null : await tree.EnsureAsync(accountId, MailboxRole.Trash, Lane.Interactive, ct);
        var target = trash is null ? null : await numbers.FindAsync(accountId, trash.Id, ct);
        var answer = await writing.ApplyAsync(accountId, threadId, permanent ? new(Expunge: true) : new(Trash: true), target, new HashSet<MailboxId>(), ct);
        return answer is null ? Problems.ThreadNotFound : TypedResults.Ok(answer);
    }
}
