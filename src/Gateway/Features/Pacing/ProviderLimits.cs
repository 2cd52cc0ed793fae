namespace Gateway.Features.Pacing;

/// <summary>What providers say they let an account send, by SMTP host. Where a provider has several tariffs, the smallest that it publishes.</summary>
/// <remarks>Only what could be read up: an account elsewhere keeps to what its operator sets, and to a server that asks for less.</remarks>
internal static class ProviderLimits
{
    private static readonly Dictionary<string, SendingLimits> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["smtp.gmail.com"] = new(null, 500), // recipients a day: support.google.com/mail/answer/22839; Workspace has 2,000 mails (support.google.com/a/answer/166852)
        ["smtp.office365.com"] = new(30, 10_000), // learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1
        ["smtp-mail.outlook.com"] = new(null, 5000), // of subscribers; fewer for others, and it does not say how many: support.microsoft.com/office/sending-limits-in-outlook-com-279ee200-594c-40f0-9ec8-bb6af7735c2e
        ["smtp.mail.me.com"] = new(null, 1000), // mails as well as recipients: support.apple.com/102198
        ["smtp.fastmail.com"] = new(null, 4000), // of Basic: fastmail.help/hc/en-us/articles/1500000277382-Account-limits
    };

    public static SendingLimits? Of(string host) => Known.GetValueOrDefault(host);
}
