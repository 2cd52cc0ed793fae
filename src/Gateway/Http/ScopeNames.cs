namespace Gateway.Http;

/// <summary>The wire names of <see cref="Scopes"/>.</summary>
internal static class ScopeNames
{
    private static readonly (Scopes Scope, string Name)[] Names =
    [
        (Scopes.MailRead, "mail:read"), (Scopes.MailWrite, "mail:write"), (Scopes.MailSend, "mail:send"),
        (Scopes.AccountsManage, "accounts:manage"), (Scopes.WebhooksManage, "webhooks:manage"), (Scopes.Admin, "admin"),
    ];

    public static string Of(Scopes scopes) => string.Join(' ', Names.Where(n => scopes.HasFlag(n.Scope)).Select(n => n.Name));

    public static bool TryParse(string text, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var known = Array.Find(Names, n => n.Name == word);
            if (known.Name is null) { return false; }

            scopes |= known.Scope;
        }

        return true;
    }
}
