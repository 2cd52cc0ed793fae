using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Connecting;

/// <summary>Decides whether an address that a user or a remote server named may be reached.</summary>
public sealed class EgressPolicy(IOptions<EgressOptions> options)
{
    private static readonly int[] OpenPorts = [25, 110, 143, 443, 465, 587, 993, 995];

    /// <summary>Not reachable on the public internet, or a way around to such a place (IANA special-purpose registries).</summary>
    private static readonly IPNetwork[] Closed = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/3", "4000::/2", "8000::/1", // all but 2000::/3, which is what there is of public IPv6
        "2001::/23", "2001:db8::/32", "3fff::/20",
    }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private readonly IPNetwork[] _allowed = [.. options.Value.Allow.Select(Parse)];

    public bool Allows(IPAddress address, int port)
    {
        var plain = Embedded(address) ?? address;
        return _allowed.Any(range => range.Contains(plain)) || (OpenPorts.Contains(port) && !Closed.Any(range => range.Contains(plain)));
    }

    /// <summary>Tells at start whether the operator's list can be read.</summary>
    internal static bool AreReadable(EgressOptions options) =>
        Array.TrueForAll(options.Allow, entry => IPAddress.TryParse(entry, out _) || IPNetwork.TryParse(entry, out _));

    /// <summary>Reads one entry of <see cref="EgressOptions.Allow"/>.</summary>
    internal static IPNetwork Parse(string text) =>
        IPAddress.TryParse(text, out var single)
            ? new(single, single.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            : IPNetwork.Parse(text);

    /// <summary>The IPv4 address that an IPv6 one only wraps: mapped, NAT64 (RFC 6052) or 6to4 (RFC 3056).</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) { return address.MapToIPv4(); }

        if (address.AddressFamily != AddressFamily.InterNetworkV6) { return null; }

        var bytes = address.GetAddressBytes();
        return Nat64.Contains(address) ? new(bytes.AsSpan(12, 4)) : SixToFour.Contains(address) ? new(bytes.AsSpan(2, 4)) : null;
    }
}
