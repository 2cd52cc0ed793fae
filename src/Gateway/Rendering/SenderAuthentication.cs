using Gateway.Rendering.Mime;
using Gateway.Rendering.Text;
using MimeKit.Cryptography;

namespace Gateway.Rendering;

/// <summary>What the account's own mail server found out about the sender when the message came in (RFC 8601).</summary>
/// <param name="Server">The server that says so, as it calls itself.</param>
/// <param name="Spf">Whether the sending host may send for the domain of the SMTP envelope (RFC 7208).</param>
/// <param name="Dkim">Each signature (RFC 6376).</param>
/// <param name="Dmarc">Whether the domain in From answers for the message (RFC 7489).</param>
/// <param name="Arc">Whether what earlier servers found can be believed (RFC 8617).</param>
public sealed record SenderAuthentication(
    string Server, AuthenticationCheck? Spf, IReadOnlyList<AuthenticationCheck> Dkim, AuthenticationCheck? Dmarc, AuthenticationCheck? Arc)
{
    private const int MaxFields = 20;
    private const int MaxFieldLength = 8 * 1024;
    private const int MaxSignatures = 20;

    /// <summary>Anybody can write such a field into a message: only those of a trusted server count, and of them those on top.</summary>
    /// <remarks>A server takes out what strangers wrote in its name (RFC 8601 section 5), and puts its own above what it was given.</remarks>
    internal static SenderAuthentication? Read(HeaderFields header, Func<string, bool> trusts)
    {
        string? server = null;
        var results = new List<AuthenticationMethodResult>();
        foreach (var field in header.All.Where(f => f.Is("authentication-results") && f.Value.Length <= MaxFieldLength).Take(MaxFields))
        {
            if (!AuthenticationResults.TryParse(field.Value, out var said) || said.AuthenticationServiceIdentifier is not { Length: > 0 } id) { continue; }

            if (server is null && trusts(id)) { server = id; }

            if (id != server) { continue; }

            // Some servers write a field for each method; the topmost of a method counts.
            var known = results.Select(r => r.Method).ToHashSet();
            results.AddRange(said.Results.Where(r => !known.Contains(r.Method)));
        }

        return server is null ? null : new(
            Characters.Line(server), Check(results, "spf", "smtp", "mailfrom", "helo"),
            [.. results.Where(r => r.Method == "dkim").Take(MaxSignatures).Select(r => Check(r, "header", "d", "i"))],
            Check(results, "dmarc", "header", "from"), Check(results, "arc", "header", "d"));
    }

    private static AuthenticationCheck? Check(List<AuthenticationMethodResult> results, string method, string type, params string[] properties) =>
        results.Find(r => r.Method == method) is { } found ? Check(found, type, properties) : null;

    private static AuthenticationCheck Check(AuthenticationMethodResult result, string type, params string[] properties)
    {
        var value = properties.Select(name => result.Properties.FirstOrDefault(p => p.PropertyType == type && p.Property == name)?.Value).FirstOrDefault(v => v is not null);
        var domain = value is null ? null : Characters.Line(value[(value.LastIndexOf('@') + 1)..]);
        return new(VerdictOf(result.Result), string.IsNullOrEmpty(domain) ? null : domain);
    }

    private static AuthenticationVerdict VerdictOf(string? said) => said?.ToLowerInvariant() switch
    {
        "pass" => AuthenticationVerdict.Pass,
        "fail" or "hardfail" => AuthenticationVerdict.Fail,
        "softfail" => AuthenticationVerdict.SoftFail,
        "neutral" => AuthenticationVerdict.Neutral,
        "policy" => AuthenticationVerdict.Policy,
        "temperror" => AuthenticationVerdict.TemporaryError,
        "permerror" => AuthenticationVerdict.PermanentError,
        _ => AuthenticationVerdict.None,
    };
}
