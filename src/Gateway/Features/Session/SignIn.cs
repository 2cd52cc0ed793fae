using Gateway.Features.Accounts;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Session;

/// <summary>A webmail user's address and password; servers left out are discovered.</summary>
/// <param name="Email">The mailbox's address.</param>
/// <param name="Password">The password, or an app password where the provider wants one.</param>
public sealed record SignInRequest(string Email, string Password, ServerAddress? Imap = null, ServerAddress? Smtp = null);

internal static class SignIn
{
    public static void Map(IEndpointRouteBuilder session) => session.MapPost("", HandleAsync)
        .WithName("SignIn").WithSummary("Sign in with a mailbox: the credentials are verified with its servers, then a session cookie is set")
        .WithProblems(413, 422, 502, 503, 504).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);

    internal static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> HandleAsync(
        SignInRequest request, HttpContext context, MailboxProof proof, Sessions sessions, CancellationToken ct)
    {
        var (record, problem) = await proof.VerifyAsync(request, context, ct);
        if (record is null) { return problem!; }

        var secret = await sessions.OpenAsync(record.Id, context.Request.Headers.UserAgent.ToString(), ct);
        SessionCookie.Write(context, secret);
        var account = Account.From(record);
        return TypedResults.Ok(new SessionAnswer(account, AntiforgeryToken.For(secret), [account]));
    }
}
