using Gateway.Mail.Watching;

namespace Gateway.Features.Messages;

/// <summary>A message that is in another mailbox now.</summary>
/// <param name="FromUid">Its UID where it was.</param>
/// <param name="Now">Its UID and flags where it is.</param>
/// <param name="Row">As a list shows it there; its id is the key it always had.</param>
internal sealed record MovedMessage(uint FromUid, MessageState Now, MessageRow Row);
