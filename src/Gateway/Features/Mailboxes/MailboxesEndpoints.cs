using Gateway.Features.Accounts;
using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.Mailboxes;

internal static class MailboxesEndpoints
{
    public static IServiceCollection AddMailboxes(this IServiceCollection services) => services
        .AddMemoryCache().AddSingleton<MailboxNumbers>().AddSingleton<MailboxTree>().AddSingleton<MailboxEditing>().AddSingleton<TreeTelling>().AddSingleton<ChosenRoles>()
        .AddExample(new MailboxRequest("Receipts", new MailboxId(4)));

    public static void MapMailboxes(this IEndpointRouteBuilder routes)
    {
        var mailboxes = routes.MapGroup("/v1/accounts/{accountId}/mailboxes").WithTags("Mailboxes").TellMissingAccount().WithETags()
            .WithProblems(400, 401, 403, 404, 409, 429, 502, 503, 504);
        ListMailboxes.Map(mailboxes);
        AddMailbox.Map(mailboxes);
        GetMailbox.Map(mailboxes);
        UpdateMailbox.Map(mailboxes);
        DeleteMailbox.Map(mailboxes);
        EmptyMailbox.Map(mailboxes);
        GetMailboxExport.Map(mailboxes);
        GetQuota.Map(routes.MapGroup("/v1/accounts/{accountId}").WithTags("Mailboxes").TellMissingAccount().WithETags().WithProblems(400, 401, 403, 404, 409, 429, 502, 503, 504));
    }
}
