using System.Text.Encodings.Web;
using Gateway.Features.ApiKeys;
using Gateway.Features.Session;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Http;

/// <summary>One scheme for both kinds of caller: an API key in <c>Authorization: Bearer</c>, or the webmail's cookie.</summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Gateway";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            const string bearer = "Bearer ";
            return header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase)
                && await keys.FindAsync(header[bearer.Length..].Trim(), Context.RequestAborted) is { } app
                ? Success(app)
                : AuthenticateResult.Fail("unknown key");
        }

        if (SessionCookie.Read(Request) is not { } secret) { return AuthenticateResult.NoResult(); }

        return await sessions.FindAsync(secret, Context.RequestAborted) is { } user
            ? Success(user)
            : AuthenticateResult.Fail("unknown session");
    }

    private static AuthenticateResult Success(Caller caller) =>
        AuthenticateResult.Success(new(new CallerPrincipal(caller), SchemeName));
}
