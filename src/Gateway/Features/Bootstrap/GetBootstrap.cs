using Gateway.Features.Accounts;
using Gateway.Features.Events;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Features.Settings;
using Gateway.Features.Threads;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Bootstrap;

internal static class GetBootstrap
{
    public static void MapBootstrap(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/accounts/{accountId}/bootstrap").WithTags("Bootstrap").TellMissingAccount().WithETags()
            .WithProblems(400, 401, 403, 404, 409, 429, 502, 503, 504)
            .MapGet("", HandleAsync).WithName("GetBootstrap").WithSummary("Get in one answer what shows an inbox: account, mailboxes, first page, settings and event cursor")
            .RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Bootstrap>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, GatewayDb db, EventLog log, MailboxTree tree, MailboxNumbers numbers, ArrivalListing arrivals, CollapsedListing collapsed, CancellationToken ct,
        bool collapseThreads = false)
    {
        if (await db.AccountAsync(accountId, ct) is not { } record) { return Problems.AccountNotFound; }

        var cursor = new EventCursor(accountId, await log.LastAsync(accountId, ct)); // before the lists, so that nothing is missed
        var settings = await SettingsStore.ReadAsync(db, accountId, ct);
        var mailboxes = await tree.ReadAsync(accountId, Lane.Interactive, ct);
        var inbox = new Page<MessageRow>([], null, 0);
        if (mailboxes.FirstOrDefault(m => m.Role == MailboxRole.Inbox) is { } its && await numbers.FindAsync(accountId, its.Id, ct) is { } at)
        {
            inbox = collapseThreads
                ? await collapsed.ReadAsync(accountId, its.Id, at, new(), after: null, offset: 0, PageLimit.Default, ct)
                : await arrivals.ReadAsync(accountId, its.Id, at, new(), after: null, offset: 0, PageLimit.Default, ct);
        }

        return TypedResults.Ok(new Bootstrap(Account.From(record), mailboxes, inbox, settings, cursor.ToString()));
    }
}
