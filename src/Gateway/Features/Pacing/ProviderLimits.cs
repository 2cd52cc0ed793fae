namespace Gateway.Features.Pacing;

/// <summary>What providers say, or are known, to let an account send, by SMTP host. Where a provider has several tariffs, the smallest.</summary>
internal static class ProviderLimits
{
    private static readonly Dictionary<string, SendingLimits> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["smtp.gmail.com"] = new(null, 500), // support.google.com/mail/answer/22839; Workspace has 2,000 (support.google.com/a/answer/166852)
        ["smtp.office365.com"] = new(30, 10_000), // learn.microsoft.com, Exchange Online limits, sending limits
        ["smtp-mail.outlook.com"] = new(null, 300), // by usage history and not published; a new account is left alone at this
        ["smtp.mail.yahoo.com"] = new(null, 500), // help.yahoo.com, SMTP sending limits
        ["smtp.mail.me.com"] = new(null, 1000), // support.apple.com/102198
        ["smtp.fastmail.com"] = new(null, 4000), // fastmail.help, account limits
    };

    public static SendingLimits? Of(string host) => Known.GetValueOrDefault(host);
}
