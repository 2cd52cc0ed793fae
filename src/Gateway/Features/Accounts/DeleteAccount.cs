using Gateway.Features.Contacts;
using Gateway.Features.Events;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Features.Push;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Accounts;

internal static class DeleteAccount
{
    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapDelete("{accountId}", HandleAsync)
        .WithName("DeleteAccount").WithSummary("Forget an account and everything held for it; the mail on its server stays").RequireScope(Scopes.AccountsManage | Scopes.OwnAccount);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountId accountId, Accounts accounts, Session.Sessions sessions, MailboxNumbers numbers, MessageLocator locator, ContactBook contacts, ChosenRoles roles, TreeTelling tree, PushSubscriptions push, EventLog log, CancellationToken ct)
    {
        var found = await accounts.DeleteAsync(accountId, ct);
        await sessions.CloseAsync(accountId, session: null, ct);
        numbers.Forget(accountId);
        locator.Forget(accountId);
        contacts.Forget(accountId);
        roles.Forget(accountId);
        tree.Forget(accountId);
        push.NoteChange();
        log.Forget(accountId);
        return found ? TypedResults.NoContent() : Problems.AccountNotFound;
    }
}
