using System.Net;
using System.Net.Sockets;
using Gateway.Mail.Connecting;
using Gateway.Mail.Faults;
using Gateway.TestKit;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Tests.Connecting;

public sealed class GuardedConnectorTests
{
    private readonly WatchedClock _clock = new();

    [Fact]
    public async Task The_socket_sends_at_once_and_is_kept_alive()
    {
        await using var server = new ScriptedImapServer();

        using var socket = await Connector(_ => [IPAddress.Loopback], "127.0.0.0/8").ConnectAsync("mail.example.org", server.Port, Engine.Ct);

        Assert.True(socket.NoDelay);
        Assert.NotEqual(0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
    }

    [Fact]
    public async Task A_name_that_leads_to_a_closed_address_is_refused()
    {
        var fault = await FailAsync(Connector(_ => [IPAddress.Loopback]), "mail.example.org", 993);

        Assert.Equal(MailFault.Refused, fault);
    }

    [Fact]
    public async Task An_answer_that_mixes_open_and_closed_addresses_is_refused()
    {
        var fault = await FailAsync(Connector(_ => [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]), "mail.example.org", 993);

        Assert.Equal(MailFault.Refused, fault);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    public async Task An_address_for_a_name_is_checked_as_well(string host) =>
        Assert.Equal(MailFault.Refused, await FailAsync(Connector(_ => throw new InvalidOperationException("resolved")), host, 993));

    [Fact]
    public async Task A_name_is_resolved_once_so_that_it_cannot_lead_elsewhere_the_second_time()
    {
        await using var server = new ScriptedImapServer();
        var asked = 0;
        var connector = Connector(_ => asked++ == 0 ? [IPAddress.Loopback] : [IPAddress.Parse("10.0.0.1")], "127.0.0.0/8");

        using var socket = await connector.ConnectAsync("mail.example.org", server.Port, Engine.Ct);

        Assert.Equal(1, asked);
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_refuses()
    {
        await using var server = new ScriptedImapServer();
        var connector = Connector(_ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], "127.0.0.0/8");

        using var socket = await connector.ConnectAsync("mail.example.org", server.Port, Engine.Ct);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_stays_silent()
    {
        await using var server = new ScriptedImapServer();
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), server.Port));
        silent.Listen(0);
        using var full = await Connector(_ => [IPAddress.Parse("127.0.0.2")], "127.0.0.0/8").ConnectAsync("mail.example.org", server.Port, Engine.Ct);
        var before = _clock.Timers(TimeSpan.FromSeconds(3));
        var connecting = Connector(_ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], "127.0.0.0/8").ConnectAsync("mail.example.org", server.Port, Engine.Ct);
        await _clock.UntilTimerAsync(TimeSpan.FromSeconds(3), before + 1, Engine.Ct);

        _clock.Advance(TimeSpan.FromSeconds(3));

        using var socket = await connecting;
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address);
    }

    [Fact]
    public async Task A_name_that_is_not_known_is_unreachable() =>
        Assert.Equal(MailFault.Unreachable, await FailAsync(Connector(_ => throw new SocketException((int)SocketError.HostNotFound)), "mail.example.org", 993));

    [Fact]
    public async Task A_name_without_an_address_is_unreachable() =>
        Assert.Equal(MailFault.Unreachable, await FailAsync(Connector(_ => []), "mail.example.org", 993));

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        int port;
        await using (var server = new ScriptedImapServer()) { port = server.Port; }

        Assert.Equal(MailFault.Unreachable, await FailAsync(Connector(_ => [IPAddress.Loopback], "127.0.0.0/8"), "mail.example.org", port));
    }

    [Fact]
    public async Task A_resolver_that_hangs_times_out()
    {
        var connector = new GuardedConnector(new(Options.Create(new EgressOptions())), _clock)
        {
            Resolve = async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                return [];
            },
        };
        var connecting = FailAsync(connector, "mail.example.org", 993);

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(MailFault.TimedOut, await connecting);
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Connector(_ => [IPAddress.Loopback], "127.0.0.0/8").ConnectAsync("mail.example.org", 1, cancel.Token));
    }

    private static async Task<MailFault> FailAsync(GuardedConnector connector, string host, int port) =>
        (await Assert.ThrowsAsync<MailException>(() => connector.ConnectAsync(host, port, Engine.Ct))).Fault;

    private GuardedConnector Connector(Func<string, IPAddress[]> resolve, params string[] allowed) =>
        new(new(Options.Create(new EgressOptions { Allow = allowed })), _clock) { Resolve = (host, _) => Task.FromResult(resolve(host)) };
}
