using Gateway.Features.Mailboxes;
using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A role that the user gave to a mailbox, whatever its server says.</summary>
internal sealed class RoleRecord
{
    public required AccountId Account { get; init; }
    public required MailboxRole Role { get; init; }
    public required long Mailbox { get; set; }
}
