using System.ComponentModel.DataAnnotations.Schema;
using Gateway.Mail.Smtp;

namespace Gateway.Storage;

/// <summary>One try to hand a submission to the SMTP server.</summary>
internal sealed class AttemptRecord
{
    public required Guid SubmissionId { get; init; }
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null while the attempt is under way.</summary>
    public SubmissionResult? Result { get; set; }
    public string? Reply { get; set; }

    /// <summary>How many recipients it was handed over for; 0 when there was no session, and the server heard nothing of it.</summary>
    public int Recipients { get; set; }

    /// <summary>Not stored yet.</summary>
    [NotMapped]
    public bool IsNew { get; set; }
}
