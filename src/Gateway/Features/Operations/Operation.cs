using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Operations;

/// <summary>Work on many messages.</summary>
/// <param name="Id">Operation id.</param>
/// <param name="AccountId">The account it works on.</param>
/// <param name="State">How it stands.</param>
/// <param name="Total">Messages it is for.</param>
/// <param name="Done">Messages it has dealt with, well or not.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Percent">How far it is, 0 to 100.</param>
/// <param name="Problems">The first 100 that failed, and why.</param>
/// <param name="CanUndo">Whether what it moved can be moved back.</param>
/// <param name="Undoes">The operation whose moves this one takes back.</param>
/// <param name="UndoneBy">The operation that takes back the moves of this one.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended; it is forgotten a day later.</param>
public sealed record Operation(
    string Id, AccountId AccountId, OperationState State, int Total, int Done, int Failed, int Percent, IReadOnlyList<BatchResult> Problems,
    bool CanUndo, string? Undoes, string? UndoneBy, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    internal static Operation From(OperationRecord record)
    {
        var work = OperationWork.Of(record);
        return new(
            record.Id.ToString("N"), record.Account, record.State, work.Count, record.Done, record.Failed, work.Count == 0 ? 100 : (int)(100L * record.Done / work.Count),
            work.Problems, record.CanUndo(), record.Undoes?.ToString("N"), record.UndoneBy?.ToString("N"), record.CreatedAt, record.EndedAt);
    }
}
