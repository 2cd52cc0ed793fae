namespace Gateway.Mail.Tests.Imap;

public sealed class CommandDeadlineTests
{
    [Fact]
    public async Task Each_command_has_the_whole_deadline_so_that_a_long_download_goes_on()
    {
        await using var engine = Engine.WithImap();
        await using var lease = await engine.LeaseAsync();
        var most = engine.ImapOptions.CommandTimeout - TimeSpan.FromSeconds(1);

        for (var i = 0; i < 5; i++)
        {
            var token = lease.CommandToken;
            engine.Clock.Advance(most);
            Assert.False(token.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task A_client_that_reads_slowly_between_two_commands_does_not_cost_the_next_one()
    {
        await using var engine = Engine.WithImap();
        await using var lease = await engine.LeaseAsync();
        _ = lease.CommandToken;

        engine.Clock.Advance(engine.ImapOptions.CommandTimeout * 2);

        await lease.Store.GetFolderAsync("INBOX", lease.CommandToken);
        Assert.False(lease.CommandToken.IsCancellationRequested);
    }
}
