using Gateway.Features.Accounts;
using Gateway.Features.Discovery;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

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
        SignInRequest request, HttpContext context, GatewayDb db, Accounts.Accounts accounts, Sessions sessions, SignInTries tries, ServerDiscovery discovery,
        TimeProvider clock, CancellationToken ct)
    {
        var from = context.Connection.RemoteIpAddress;
        var overLoopback = from is null || System.Net.IPAddress.IsLoopback(from);
        if (!context.Request.IsHttps && !overLoopback) { return Problems.HttpsRequired; }

        var checks = new Checks();
        checks.Email("/email", request.Email);
        checks.Secret("/password", request.Password);
        checks.Server("/imap", request.Imap);
        checks.Server("/smtp", request.Smtp);
        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        var (imap, smtp, username) = (request.Imap, request.Smtp, request.Email);
        if (imap is null)
        {
            if (await discovery.FindAsync(request.Email, ct) is not { Imap: not null } found)
            {
                return Problems.DiscoveryFailed("Open the server settings and name the IMAP and SMTP servers.");
            }

            (imap, smtp, username) = (found.Imap, smtp ?? found.Smtp, found.Username);
        }

        if (tries.Take(request.Email, from, imap) is { } wait)
        {
            context.Response.Headers.RetryAfter = RateLimits.Seconds(wait);
            return Problems.RateLimited;
        }

        // The same mailbox is the same account: matched by where it lives and not by the address alone, which anyone can type
        // together with a server of their own.
        var known = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Username == username
            && a.ImapHost == imap.Host && a.ImapPort == imap.Port && a.Email == request.Email, ct);
        var account = new MailAccount(known?.Id ?? AccountId.New(clock), imap, smtp, username, request.Password, 1);
        try { await accounts.VerifyAsync(account, ct); }
        catch (MailException error) when (error.Fault != MailFault.BadCredentials)
        {
            tries.GiveBack(request.Email, from, imap);
            throw;
        }

        tries.Clear(request.Email, from, imap);

        var record = known;
        if (record is null)
        {
            record = await accounts.AddAsync(new(request.Email, new("password", request.Password)), account, ct);
        }
        else { await accounts.RenewAsync(record.Id, account, ct); }

        var secret = await sessions.OpenAsync(account.Id, ct);
        SessionCookie.Write(context, secret);
        return TypedResults.Ok(new SessionAnswer(Account.From(record!), AntiforgeryToken.For(secret)));
    }
}
