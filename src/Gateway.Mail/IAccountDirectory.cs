using Gateway.Mail.Faults;

namespace Gateway.Mail;

/// <summary>Where the engine learns how to sign in for an account, and tells how that went.</summary>
/// <remarks>Called at each new connection, never per command.</remarks>
public interface IAccountDirectory
{
    /// <summary>The account's servers and credentials, or null when there is no such account.</summary>
    ValueTask<MailAccount?> FindAsync(AccountId account, CancellationToken ct);

    /// <summary>A sign-in or link changed for better (<paramref name="fault"/> null) or worse.</summary>
    /// <param name="detail">The server's own words, already cut and cleaned of control characters.</param>
    ValueTask ReportAsync(AccountId account, MailFault? fault, string? detail, CancellationToken ct);
}
