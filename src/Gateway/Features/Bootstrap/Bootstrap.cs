using Gateway.Features.Accounts;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;

namespace Gateway.Features.Bootstrap;

/// <summary>What a mail program needs to show an inbox.</summary>
/// <param name="Account">The account and how it stands with its servers.</param>
/// <param name="Mailboxes">Every mailbox with its counts, roles first.</param>
/// <param name="Inbox">The first page of the inbox.</param>
/// <param name="Settings">What the account's user has chosen in the webmail.</param>
/// <param name="EventCursor">Follow the account's events from here: nothing falls between this answer and them, and what comes twice changes nothing.</param>
public sealed record Bootstrap(Account Account, IReadOnlyList<Mailbox> Mailboxes, Page<MessageRow> Inbox, Settings.Settings Settings, string EventCursor);
