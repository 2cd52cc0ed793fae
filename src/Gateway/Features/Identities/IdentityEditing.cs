using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Identities;

/// <summary>What adding and changing an identity have in common.</summary>
internal static class IdentityEditing
{
    public const int MaxIdentities = 100;
    private const int MaxText = 10_000;
    private const int MaxHtml = 50_000;
    private const int MaxName = 200;

    public static Task<IdentityRecord?> FindAsync(GatewayDb db, AccountId account, string id, CancellationToken ct) =>
        Guid.TryParseExact(id, "N", out var number) ? db.Identities.SingleOrDefaultAsync(i => i.Account == account && i.Id == number, ct) : Task.FromResult<IdentityRecord?>(null);

    public static ProblemHttpResult? Fault(IdentityRequest request)
    {
        var checks = new Checks();
        SubmissionChecks.CheckAddress(checks, "/address", request.Email);
        checks.Line("/name", request.Name, MaxName);
        if (request.ReplyTo is { } replyTo) { SubmissionChecks.CheckAddress(checks, "/replyTo", replyTo); }

        CheckText(checks, "/signatureText", request.SignatureText, MaxText);
        CheckText(checks, "/signatureHtml", request.SignatureHtml, MaxHtml);
        return checks.Passed ? null : Problems.Invalid(checks.Faults);
    }

    /// <summary>One default at most.</summary>
    public static async Task SaveAsync(GatewayDb db, IdentityRecord record, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (record.IsDefault) { await db.Identities.Where(i => i.Account == record.Account && i.Id != record.Id && i.IsDefault).ExecuteUpdateAsync(set => set.SetProperty(i => i.IsDefault, false), ct); }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static void CheckText(Checks checks, string pointer, string? text, int most)
    {
        if (text?.Contains('\0', StringComparison.Ordinal) == true) { checks.Fail(pointer, "must not hold NUL"); }
        else if (text?.Length > most) { checks.Fail(pointer, $"must be at most {most} characters"); }
    }
}
