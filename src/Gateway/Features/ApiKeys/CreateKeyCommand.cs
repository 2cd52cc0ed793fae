using System.Globalization;
using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.ApiKeys;

/// <summary><c>Gateway keys create NAME --scopes "mail:read mail:send" [--account ID]… [--days N]</c>: makes a key on the local store.</summary>
internal static class CreateKeyCommand
{
    public const string Usage = "usage: Gateway keys create NAME --scopes \"mail:read mail:write …\" [--account ID]... [--days N]";

    public static async Task<int> RunAsync(ApiKeys keys, string[] args, TimeProvider clock, CancellationToken ct)
    {
        var scopes = Scopes.None;
        var accounts = new List<AccountId>();
        DateTimeOffset? expiresAt = null;
        var name = args is [var first, ..] && !first.StartsWith('-') ? first : null;
        var understood = name is not null;
        for (var i = 1; understood && i < args.Length; i += 2)
        {
            understood = i + 1 < args.Length && args[i] switch
            {
                "--scopes" => ScopeNames.TryParse(args[i + 1], out scopes),
                "--account" => AccountId.TryParse(args[i + 1], null, out var account) && Add(accounts, account),
                "--days" => int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var days) && days > 0
                    && (expiresAt = clock.GetUtcNow().AddDays(days)) is not null,
                // A setting such as --Gateway:Data, read by the host.
                var setting => setting.StartsWith("--Gateway:", StringComparison.OrdinalIgnoreCase),
            };
        }

        if (!understood || scopes == Scopes.None)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        Console.WriteLine(await keys.CreateAsync(name!, scopes, accounts.Count == 0 ? null : accounts, expiresAt, ct));
        return 0;
    }

    private static bool Add(List<AccountId> accounts, AccountId account)
    {
        accounts.Add(account);
        return true;
    }
}
