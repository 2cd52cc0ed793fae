using System.Text;
using Gateway.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.Features.Webhooks;

/// <summary>The secrets of webhooks, sealed at rest and bound to their webhook.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    public byte[] Seal(Guid webhook, string secret) => Protector(webhook).Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>The secrets that sign at this time, the newest first.</summary>
    public IEnumerable<string> Of(WebhookRecord webhook, DateTimeOffset now)
    {
        yield return Open(webhook.Id, webhook.SealedSecret);
        if (webhook.SealedOldSecret is { } old && webhook.OldSecretUntil > now) { yield return Open(webhook.Id, old); }
    }

    private string Open(Guid webhook, byte[] box) => Encoding.UTF8.GetString(Protector(webhook).Unprotect(box));

    private IDataProtector Protector(Guid webhook) => protection.CreateProtector("Gateway.Webhooks", webhook.ToString("N"));
}
