using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Contacts;

internal static class ListContacts
{
    private const int MaxPrefix = 100;

    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapGet("", HandleAsync)
        .WithName("ListContacts").WithSummary("List whom the account writes to and hears from, the likeliest first, for autocompletion").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="prefix">What was typed: the beginning of an address, of its domain, or of a word of the name, whatever its case and accents.</param>
    /// <param name="limit">Contacts at most, 1 to 200.</param>
    internal static async Task<Results<Ok<Page<Contact>>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, GatewayDb db, ContactBook book, CancellationToken ct, string? prefix = null, int limit = PageLimit.Default)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        if (prefix is { Length: > MaxPrefix }) { return Problems.Malformed(new(null, "prefix", $"must have at most {MaxPrefix} characters")); }

        if (await db.Accounts.Where(a => a.Id == accountId).Select(a => a.Email).SingleOrDefaultAsync(ct) is not { } own) { return Problems.AccountNotFound; }

        var all = await book.ReadAsync(accountId, own, ct);
        var found = string.IsNullOrWhiteSpace(prefix) ? all : [.. all.Where(contact => ContactRanking.Matches(contact, prefix.Trim()))];
        return TypedResults.Ok(new Page<Contact>([.. found.Take(limit)], null, found.Count));
    }
}
