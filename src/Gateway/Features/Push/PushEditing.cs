using System.Buffers.Text;
using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Connecting;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Push;

/// <summary>What adding and changing a push subscription have in common.</summary>
internal sealed class PushEditing(MailboxNumbers numbers, Vault vault, IOptions<TlsOptions> tls)
{
    public const int MaxSubscriptions = 50;
    public const string AuthPurpose = "push";
    private const int MaxEndpoint = 2000, MaxMailboxes = 100, AuthBytes = 16;

    /// <summary>What is wrong with the request, if anything.</summary>
    public async Task<Checks> CheckAsync(AccountId account, PushSubscriptionRequest request, CancellationToken ct)
    {
        var checks = new Checks();
        checks.Line("/endpoint", request.Endpoint, MaxEndpoint);
        if (!IsEndpoint(request.Endpoint)) { checks.Fail("/endpoint", "must be an https address without user name and fragment"); }

        if (Decode(request.Keys.P256dh) is not { } key || !P256.IsPoint(key)) { checks.Fail("/keys/p256dh", "must be an uncompressed point on P-256, in base64url"); }

        if (Decode(request.Keys.Auth) is not { Length: AuthBytes }) { checks.Fail("/keys/auth", $"must be {AuthBytes} bytes, in base64url"); }

        request.QuietHours?.Check(checks);
        if (request.Mailboxes is { Count: 0 or > MaxMailboxes }) { checks.Fail("/mailboxes", $"must name 1 to {MaxMailboxes}"); }
        else
        {
            for (var i = 0; i < request.Mailboxes?.Count; i++)
            {
                if (await numbers.FindAsync(account, request.Mailboxes[i], ct) is null) { checks.Fail($"/mailboxes/{i}", "is no mailbox of this account"); }
            }
        }

        return checks;
    }

    /// <summary>Takes a checked request over.</summary>
    public void Apply(PushSubscriptionRequest request, PushSubscriptionRecord record)
    {
        (record.Endpoint, record.IsPrivate) = (request.Endpoint, request.Private ?? false);
        (record.PublicKey, record.SealedAuth) = (Decode(request.Keys.P256dh)!, vault.Seal(record.Account, AuthPurpose, Decode(request.Keys.Auth)!));
        record.Mailboxes = request.Mailboxes is null ? null : System.Text.Json.JsonSerializer.Serialize(request.Mailboxes, WireJson.Options);
        record.QuietHours = request.QuietHours?.ToJson();
    }

    private bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && tls.Value.PlaintextHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase)));

    private static byte[]? Decode(string text)
    {
        try { return Base64Url.DecodeFromChars(text); }
        catch (FormatException) { return null; }
    }
}
