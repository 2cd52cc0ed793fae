using System.Collections.Concurrent;
using Gateway.Mail;
using Gateway.Mail.Smtp;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Pacing;

/// <summary>Knows how fast each account and each SMTP host may be sent through. What was sent is counted from the attempts on record, so that a restart forgives nothing.</summary>
internal sealed class Paces(IDbContextFactory<GatewayDb> store, IOptions<PacingOptions> options, IOptions<SmtpPoolOptions> smtp, TimeProvider clock)
{
    private readonly ConcurrentDictionary<AccountId, AccountPace> _accounts = new();
    private readonly ConcurrentDictionary<string, HostPace> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The account's pace as far as it is known without a look into the store.</summary>
    public AccountPace? Known(AccountId account) => _accounts.GetValueOrDefault(account);

    /// <summary>The account's pace under the limits it has now; null when there is no such account.</summary>
    public async Task<AccountPace?> OfAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.Accounts.Where(a => a.Id == account).Select(a => new { a.SmtpHost, a.PacePerMinute, a.PacePerDay }).SingleOrDefaultAsync(ct);
        if (found is null)
        {
            _accounts.TryRemove(account, out _);
            return null;
        }

        var name = found.SmtpHost ?? "";
        var host = _hosts.TryGetValue(name, out var met) ? met : _hosts.GetOrAdd(name, await ReadHostAsync(db, name, ct));
        var usual = UsualOf(name);
        var limits = new SendingLimits(found.PacePerMinute ?? usual.PerMinute, found.PacePerDay ?? usual.PerDay);
        if (_accounts.TryGetValue(account, out var known) && known.Limits == limits && known.Host == host) { return known; }

        return _accounts[account] = await ReadAsync(db, account, limits, host, ct);
    }

    /// <summary>What an account at this host may send that has no limits of its own.</summary>
    public SendingLimits UsualOf(string host) => ProviderLimits.Of(host) ?? new(options.Value.PerMinute, options.Value.PerDay);

    /// <summary>Nobody waits for their turn any more but these.</summary>
    public void Retain(IReadOnlySet<AccountId> due)
    {
        foreach (var host in _hosts.Values) { host.Retain(due); }
    }

    private async Task<AccountPace> ReadAsync(GatewayDb db, AccountId account, SendingLimits limits, HostPace host, CancellationToken ct)
    {
        var pace = new AccountPace(account, limits, host);
        if (!pace.IsLimited) { return pace; }

        var since = clock.GetUtcNow() - AccountPace.Day;
        var sent = await db.Set<AttemptRecord>().Where(a => a.At > since && a.Recipients > 0)
            .Join(db.Submissions.Where(s => s.Account == account), a => a.SubmissionId, s => s.Id, (a, _) => new { a.At, a.Recipients })
            .OrderBy(a => a.At).ToListAsync(ct);
        foreach (var attempt in sent) { pace.Count(attempt.At, attempt.Recipients); }

        return pace;
    }

    private async Task<HostPace> ReadHostAsync(GatewayDb db, string name, CancellationToken ct)
    {
        var pace = new HostPace(smtp.Value.MaxSessionsPerHost, options.Value.HostPerMinute);
        if (options.Value.HostPerMinute is null) { return pace; }

        var since = clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        var sent = await db.Set<AttemptRecord>().Where(a => a.At > since && a.Recipients > 0)
            .Join(db.Submissions, a => a.SubmissionId, s => s.Id, (a, s) => new { a.At, s.Account })
            .Join(db.Accounts.Where(a => a.SmtpHost == name), a => a.Account, a => a.Id, (a, _) => a.At).OrderBy(at => at).ToListAsync(ct);
        sent.ForEach(pace.Remember);
        return pace;
    }
}
