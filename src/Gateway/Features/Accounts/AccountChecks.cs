using Gateway.Http;
using Gateway.Mail;
using MimeKit;

namespace Gateway.Features.Accounts;

/// <summary>What every way to name an account is held to.</summary>
internal static class AccountChecks
{
    private const int MaxAddress = 254; // RFC 5321 section 4.5.3.1.3, without the angle brackets
    private const int MaxSecret = 1000;
    private const int MaxHost = 253;
    private const int MaxPort = 65535;
    private const int MaxName = 200;

    public static void Email(this Checks checks, string pointer, string? email)
    {
        checks.Required(pointer, email);
        checks.Line(pointer, email, MaxAddress);
        if (checks.Passed && (!MailboxAddress.TryParse(email, out var address) || address.Address != email || !email.Contains('@', StringComparison.Ordinal)))
        {
            checks.Fail(pointer, "is not an email address");
        }
    }

    public static void Secret(this Checks checks, string pointer, string? secret)
    {
        checks.Required(pointer, secret);
        checks.Line(pointer, secret, MaxSecret);
    }

    public static void Name(this Checks checks, string pointer, string? name) => checks.Line(pointer, name, MaxName);

    public static void Server(this Checks checks, string pointer, ServerAddress? server)
    {
        if (server is null) { return; }

        checks.Required(pointer + "/host", server.Host);
        checks.Line(pointer + "/host", server.Host, MaxHost);
        if (Uri.CheckHostName(server.Host) == UriHostNameType.Unknown) { checks.Fail(pointer + "/host", "is not a host name or address"); }

        if (server.Port is < 1 or > MaxPort) { checks.Fail(pointer + "/port", "must be 1 to 65535"); }
    }
}
