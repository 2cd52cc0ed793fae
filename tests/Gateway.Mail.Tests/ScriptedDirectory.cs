using System.Collections.Concurrent;
using Gateway.Mail.Faults;

namespace Gateway.Mail.Tests;

/// <summary>The accounts of a test, and what the engine reported of them.</summary>
internal sealed class ScriptedDirectory : IAccountDirectory
{
    public ConcurrentDictionary<AccountId, MailAccount> Accounts { get; } = new();

    public ConcurrentQueue<(MailFault? Fault, string? Detail)> Reports { get; } = new();

    /// <summary>Done at each report; a test puts what goes wrong there.</summary>
    public Action Reporting { get; set; } = () => { };

    public ValueTask<MailAccount?> FindAsync(AccountId account, CancellationToken ct) => new(Accounts.GetValueOrDefault(account));

    public ValueTask ReportAsync(AccountId account, MailFault? fault, string? detail, CancellationToken ct)
    {
        Reporting();
        Reports.Enqueue((fault, detail));
        return default;
    }
}
