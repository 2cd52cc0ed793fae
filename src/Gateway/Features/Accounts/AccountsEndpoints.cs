using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.Accounts;

internal static class AccountsEndpoints
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddExample(new AccountRequest(
            "ann@example.com", new("password", "an app password"), "Ann Berg", "crm-17",
            new("imap.example.com", 993, MailSecurity.Tls), new("smtp.example.com", 465, MailSecurity.Tls)))
        .AddSingleton<Accounts>()
        .AddSingleton<IAccountDirectory, AccountDirectory>();

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/v1/accounts").WithTags("Accounts").WithETags().WithProblems(400, 401, 403, 404, 429);
        ListAccounts.Map(accounts);
        AddAccount.Map(accounts);
        GetAccount.Map(accounts);
        DeleteAccount.Map(accounts);
    }
}
