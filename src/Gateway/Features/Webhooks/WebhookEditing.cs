using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Webhooks;

/// <summary>What adding and changing a webhook have in common.</summary>
internal static class WebhookEditing
{
    public const int MaxWebhooks = 1000;
    private const int MaxUrl = 2000;
    private const int MaxName = 200;
    private const int MaxTypes = 50;
    private const int MaxListed = 1000;

    public static async Task<ProblemHttpResult?> FaultAsync(WebhookRequest request, Caller caller, GatewayDb db, CancellationToken ct)
    {
        if (!caller.May(Scopes.MailRead)) { return Problems.InsufficientScope; } // events carry mail

        var checks = new Checks();
        checks.Line("/url", request.Url, MaxUrl);
        checks.Line("/name", request.Name, MaxName);
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            checks.Fail("/url", "must be an https address without user name and fragment");
        }

        if (request.Types is { } types)
        {
            if (types.Count is 0 or > MaxTypes) { checks.Fail("/types", $"must name 1 to {MaxTypes}"); }

            for (var i = 0; i < types.Count; i++)
            {
                if (types[i] is null || !Events.EventTypes.All.Contains(types[i])) { checks.Fail($"/types/{i}", "is no type of an event"); }
            }
        }

        if (request.Accounts is { Count: 0 or > MaxListed }) { checks.Fail("/accounts", $"must name 1 to {MaxListed}"); }
        else if (request.Accounts is { } accounts)
        {
            var known = await db.Accounts.Where(a => accounts.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct);
            for (var i = 0; i < accounts.Count; i++)
            {
                // In the same words whether there is none or it is another's.
                if (!known.Contains(accounts[i]) || !caller.Reaches(accounts[i])) { checks.Fail($"/accounts/{i}", "is no account within this key's reach"); }
            }
        }
        else if (caller.Accounts is not null) { checks.Fail("/accounts", "must name accounts within this key's reach"); }

        if (request.Mailboxes is { Count: 0 or > MaxListed }) { checks.Fail("/mailboxes", $"must name 1 to {MaxListed}"); }

        return checks.Passed ? null : Problems.Invalid(checks.Faults);
    }

    public static void Apply(WebhookRequest request, WebhookRecord record)
    {
        (record.Url, record.Name, record.Enabled) = (request.Url, request.Name, request.Enabled ?? true);
        (record.Types, record.Accounts, record.Mailboxes) = (Webhook.Json(request.Types), Webhook.Json(request.Accounts), Webhook.Json(request.Mailboxes));
        if (record.Enabled) { record.DisabledReason = null; }
    }
}
