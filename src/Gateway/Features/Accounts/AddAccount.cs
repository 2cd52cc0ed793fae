using Gateway.Features.Discovery;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Accounts;

internal static class AddAccount
{
    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapPost("", HandleAsync)
        .WithName("AddAccount").WithSummary("Add an account; it is saved only after its servers accepted the credentials, unless verify=false")
        .WithProblems(409, 413, 422, 502, 503, 504).RequireScope(Scopes.AccountsManage);

    internal static async Task<Results<Created<Account>, ProblemHttpResult>> HandleAsync(
        AccountRequest request, Accounts accounts, ServerDiscovery discovery, TimeProvider clock, CancellationToken ct, bool verify = true)
    {
        var checks = new Checks();
        checks.Email("/email", request.Email);
        checks.Secret("/credentials/password", request.Credentials.Password);
        checks.Line("/credentials/username", request.Credentials.Username, 320);
        checks.Name("/displayName", request.DisplayName);
        checks.Name("/externalId", request.ExternalId);
        checks.Server("/imap", request.Imap);
        checks.Server("/smtp", request.Smtp);
        if (request.Credentials.Type != "password") { checks.Fail("/credentials/type", "must be \"password\""); }

        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        var (imap, smtp, username) = (request.Imap, request.Smtp, request.Credentials.Username);
        if (imap is null && smtp is null)
        {
            if (await discovery.FindAsync(request.Email, ct) is not { } found)
            {
                return Problems.DiscoveryFailed("Name the imap and smtp servers in the request.");
            }

            (imap, smtp, username) = (found.Imap, found.Smtp, username ?? found.Username);
        }

        var account = new MailAccount(AccountId.New(clock), imap, smtp, username ?? request.Email, request.Credentials.Password, 1);
        if (verify) { await accounts.VerifyAsync(account, ct); }

        return await accounts.AddAsync(request, account, ct) is { } record
            ? TypedResults.Created($"/v1/accounts/{record.Id}", Account.From(record))
            : Problems.DuplicateAccount;
    }
}
