using System.Security.Claims;

namespace Gateway.Http;

/// <summary>Carries the <see cref="Http.Caller"/> through ASP.NET Core, hubs included.</summary>
internal sealed class CallerPrincipal(Caller caller)
    : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id.ToString("N"))], CallerAuthentication.SchemeName))
{
    public Caller Caller { get; } = caller;
}
