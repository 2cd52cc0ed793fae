using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Messages;

/// <summary>Flags to set and to clear.</summary>
/// <param name="Add">Flags to set.</param>
/// <param name="Remove">Flags to clear.</param>
public sealed record FlagsChange(IReadOnlyList<MessageFlag>? Add = null, IReadOnlyList<MessageFlag>? Remove = null);

/// <summary>Keywords to set and to clear.</summary>
/// <param name="Add">Keywords to set, each 1 to 100 printable ASCII characters.</param>
/// <param name="Remove">Keywords to clear.</param>
public sealed record KeywordsChange(IReadOnlyList<string>? Add = null, IReadOnlyList<string>? Remove = null);

/// <summary>What to change about a message; what is absent stays.</summary>
/// <param name="MailboxId">Where to move it. Its id stays the same.</param>
public sealed record MessageUpdate(FlagsChange? Flags = null, KeywordsChange? Keywords = null, MailboxId? MailboxId = null);

internal static class UpdateMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapPatch("{messageId}", HandleAsync)
        .WithName("UpdateMessage").WithSummary("Change flags and keywords, or move to another mailbox; a move keeps the id")
        .HonourIfMatch().WithProblems(413, 422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<MessageRow>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, MessageUpdate request, MessageLocator locator, MailboxNumbers numbers,
        ImapPool pool, MessageMoves moves, MessageRows rows, CancellationToken ct)
    {
        var checks = new Checks();
        CheckKeywords(checks, "/keywords", request.Keywords);
        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        if (await locator.FindAsync(accountId, messageId, ct) is not { } at) { return Problems.MessageNotFound; }

        MailboxPlace? target = null;
        if (request.MailboxId is { } wanted)
        {
            target = await numbers.FindAsync(accountId, wanted, ct);
            if (target is null) { return Problems.MailboxNotFound; }
        }

        if (request is { Flags: not null } or { Keywords: not null })
        {
            await pool.RunAsync(accountId, at.Path, FolderAccess.ReadWrite, Lane.Interactive, async lease =>
            {
                await StoreAsync(lease, [lease.Uid(at)], request.Flags, request.Keywords);
                return true;
            }, ct);
        }

        if (target is { } place && place.Path != at.Path)
        {
            at = await moves.MoveAsync(accountId, messageId, at, place, ct)
                ?? throw new MailException(MailFault.MessageGone, "The message was moved, but the server does not tell where to.");
        }

        return TypedResults.Ok(await rows.ReadAsync(accountId, at, ct));
    }

    /// <summary>Safe to repeat: what is set is set.</summary>
    internal static async Task StoreAsync(MailboxLease lease, IList<UniqueId> uids, FlagsChange? flags, KeywordsChange? keywords)
    {
        foreach (var (action, changed, named) in new[] { (StoreAction.Add, flags?.Add, keywords?.Add), (StoreAction.Remove, flags?.Remove, keywords?.Remove) })
        {
            var (imap, words) = Flags.ToImap(changed, named);
            if (imap != MessageFlags.None || words.Count > 0)
            {
                await lease.Folder.StoreAsync(uids, new StoreFlagsRequest(action, imap, words) { Silent = true }, lease.CommandToken);
            }
        }
    }

    internal static void CheckKeywords(Checks checks, string pointer, KeywordsChange? change)
    {
        foreach (var (name, keywords) in new[] { ("add", change?.Add), ("remove", change?.Remove) })
        {
            for (var i = 0; i < (keywords?.Count ?? 0); i++)
            {
                if (!Flags.IsKeyword(keywords![i] ?? "")) { checks.Fail($"{pointer}/{name}/{i}", "must be 1 to 100 printable ASCII characters without spaces and ( ) { % * \" \\ ]"); }
            }
        }
    }
}
