using Gateway.Features.Operations;
using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>Work on many messages: what is to be done, and how far it is.</summary>
internal sealed class OperationRecord
{
    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }
    public required OperationState State { get; set; }

    /// <summary>What to do to each, as JSON.</summary>
    public required string Action { get; init; }

    /// <summary>The messages in order, 8 bytes a key.</summary>
    public required byte[] Messages { get; init; }

    /// <summary>Where each was before it was moved, 4 bytes a mailbox number; empty when nothing is moved.</summary>
    public required byte[] Sources { get; init; }

    /// <summary>Messages that are dealt with, in order from the first.</summary>
    public int Done { get; set; }
    public int Failed { get; set; }

    /// <summary>The first results that were no success, as JSON.</summary>
    public string? Problems { get; set; }
    public Guid? Undoes { get; init; }
    public Guid? UndoneBy { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}
