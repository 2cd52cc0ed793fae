using Gateway.Features.Threads;
using Gateway.Mail;
using MailKit;
using Xunit;

namespace Gateway.Tests.Threads;

public sealed class ThreadNodeTests
{
    private static readonly AccountId Account = new(Guid.Parse("11111111-2222-3333-4444-555555555555"));

    [Fact]
    public void Messages_without_an_id_are_no_conversation_though_two_mailboxes_count_them_alike()
    {
        var message = new MessageSummary(0) { UniqueId = new UniqueId(1, 1), InternalDate = DateTimeOffset.UnixEpoch, Envelope = new() };
        var (inbox, archive) = (new MailboxId(1), new MailboxId(2));

        Assert.NotEqual(ThreadNode.Of(Account, inbox, message).Id, ThreadNode.Of(Account, archive, message).Id);
    }
}
