using System.Net;
using Gateway.Mail.Connecting;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Tests.Connecting;

public sealed class EgressPolicyTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("192.167.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    public void Public_addresses_are_open(string address) => Assert.True(Policy().Allows(IPAddress.Parse(address), 993));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("100::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Private_and_special_addresses_are_closed(string address) => Assert.False(Policy().Allows(IPAddress.Parse(address), 993));

    [Theory]
    [InlineData(25, true)]
    [InlineData(143, true)]
    [InlineData(465, true)]
    [InlineData(587, true)]
    [InlineData(993, true)]
    [InlineData(22, false)]
    [InlineData(80, false)]
    [InlineData(6379, false)]
    [InlineData(0, false)]
    public void Only_ports_of_mail_are_open(int port, bool open) => Assert.Equal(open, Policy().Allows(IPAddress.Parse("8.8.8.8"), port));

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("10.0.0.0/8", "10.9.9.9", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.9.9.9", true)]
    [InlineData("fd00::/8", "fd00::9", true)]
    [InlineData("::1", "::1", true)]
    public void The_operator_opens_addresses_on_any_port(string allowed, string address, bool open) =>
        Assert.Equal(open, Policy(allowed).Allows(IPAddress.Parse(address), 3143));

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("::1", true)]
    [InlineData("localhost", false)]
    [InlineData("10.0.0.0/33", false)]
    public void A_list_that_cannot_be_read_is_told_at_start(string entry, bool readable) =>
        Assert.Equal(readable, EgressPolicy.AreReadable(new() { Allow = [entry] }));

    private static EgressPolicy Policy(params string[] allowed) => new(Options.Create(new EgressOptions { Allow = allowed }));
}
