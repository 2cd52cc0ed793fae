using Gateway.Features.Accounts;
using Gateway.Features.Discovery;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Session;

/// <summary>Finds out from the mail servers themselves whether somebody owns a mailbox, and has its account stored.</summary>
internal sealed class MailboxProof(IDbContextFactory<GatewayDb> store, Accounts.Accounts accounts, SignInTries tries, ServerDiscovery discovery, TimeProvider clock)
{
    /// <returns>The account, or why there is none.</returns>
    /// <exception cref="MailException">The mail server refused the password, or what else went wrong there.</exception>
    public async Task<(AccountRecord? Account, ProblemHttpResult? Problem)> VerifyAsync(SignInRequest request, HttpContext context, CancellationToken ct)
    {
        var from = context.Connection.RemoteIpAddress;
        var overLoopback = from is null || System.Net.IPAddress.IsLoopback(from);
        if (!context.Request.IsHttps && !overLoopback) { return (null, Problems.HttpsRequired); }

        var checks = new Checks();
        checks.Email("/email", request.Email);
        checks.Secret("/password", request.Password);
        checks.Server("/imap", request.Imap);
        checks.Server("/smtp", request.Smtp);
        if (!checks.Passed) { return (null, Problems.Invalid(checks.Faults)); }

        var (imap, smtp, username) = (request.Imap, request.Smtp, request.Email);
        if (imap is null)
        {
            if (await discovery.FindAsync(request.Email, ct) is not { Imap: not null } found)
            {
                return (null, Problems.DiscoveryFailed("Open the server settings and name the IMAP and SMTP servers."));
            }

            (imap, smtp, username) = (found.Imap, smtp ?? found.Smtp, found.Username);
        }

        if (tries.Take(request.Email, from, imap) is { } wait)
        {
            context.Response.Headers.RetryAfter = RateLimits.Seconds(wait);
            return (null, Problems.RateLimited);
        }

        var known = await FindAsync(request.Email, username, imap, ct);
        var account = new MailAccount(known?.Id ?? AccountId.New(clock), imap, smtp, username, request.Password, 1);
        try { await accounts.VerifyAsync(account, ct); }
        catch (MailException error) when (error.Fault != MailFault.BadCredentials)
        {
            tries.GiveBack(request.Email, from, imap);
            throw;
        }

        tries.Clear(request.Email, from, imap);
        if (known is null) { return (await accounts.AddAsync(new(request.Email, new("password", request.Password)), account, ct), null); }

        await accounts.RenewAsync(known.Id, account, ct);
        return (known, null);
    }

    /// <summary>The same mailbox is the same account: matched by where it lives and not by the address alone, which anyone can type together with a server of their own.</summary>
    private async Task<AccountRecord?> FindAsync(string email, string username, ServerAddress imap, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Accounts.AsNoTracking().FirstOrDefaultAsync(
            a => a.Username == username && a.ImapHost == imap.Host && a.ImapPort == imap.Port && a.Email == email, ct);
    }
}
