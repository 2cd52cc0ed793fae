using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Accounts;

internal static class MissingAccount
{
    /// <summary>Where something below an account is not found, says so of the account when that is what is missing.</summary>
    /// <remarks>Asked only then: a lookup before every request would be paid by those that succeed.</remarks>
    public static RouteGroupBuilder TellMissingAccount(this RouteGroupBuilder routes)
    {
        routes.AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            var answer = result is INestedHttpResult { Result: var chosen } ? chosen : result;
            var http = context.HttpContext;
            return answer is ProblemHttpResult { StatusCode: StatusCodes.Status404NotFound }
                && AccountId.TryParse(http.GetRouteValue(ScopeRequirement.AccountParameter) as string, null, out var account)
                && !await http.RequestServices.GetRequiredService<GatewayDb>().Accounts.AnyAsync(a => a.Id == account, http.RequestAborted)
                    ? Problems.AccountNotFound
                    : result;
        });
        return routes;
    }
}
