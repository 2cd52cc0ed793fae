using System.Net;
using System.Net.Sockets;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Session;

/// <summary>Counts the wrong passwords for a mailbox, so that guessing stays slow whichever addresses of a network it comes from.</summary>
/// <remarks>
/// Counted per mailbox and client network, never per mailbox alone: anyone can type a stranger's address, and must not be able to lock
/// its owner out. Guesses from many networks at once are left to the mail server, which sees every one of them.
/// </remarks>
internal sealed class SignInTries(IOptions<RateLimitOptions> options, TimeProvider clock)
{
    /// <summary>About 200 bytes each.</summary>
    private const int MaxCounts = 100_000;

    /// <summary>Neighbours of one customer: a /24, and what RFC 6177 lets one site have.</summary>
    private const int NetworkBytes4 = 3, NetworkBytes6 = 6;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Email, string Network), Count> _counts = [];
    private readonly Queue<((string Email, string Network) Key, Count Count)> _oldest = [];

    /// <summary>Counts a try, before its outcome is known so that many at once gain nothing. Null: go on; else how long to wait.</summary>
    public TimeSpan? Take(string email, IPAddress? from, ServerAddress server)
    {
        var key = KeyOf(email, from);
        lock (_lock)
        {
            while (_oldest.TryPeek(out var oldest) && (Left(oldest.Count) <= TimeSpan.Zero || _oldest.Count >= MaxCounts)) { Drop(_oldest.Dequeue()); }

            if (!_counts.TryGetValue(key, out var count))
            {
                _counts[key] = count = new(clock.GetTimestamp());
                _oldest.Enqueue((key, count));
            }

            if (count.Servers.Count >= options.Value.FailedSignIns) { return Left(count); }

            count.Servers.Add(NameOf(server));
            return null;
        }
    }

    /// <summary>The try said nothing about the password.</summary>
    public void GiveBack(string email, IPAddress? from, ServerAddress server)
    {
        lock (_lock)
        {
            if (_counts.TryGetValue(KeyOf(email, from), out var count)) { count.Servers.Remove(NameOf(server)); }
        }
    }

    /// <summary>The password was right. Only for that server: a guesser can name one of their own, which takes any password.</summary>
    public void Clear(string email, IPAddress? from, ServerAddress server)
    {
        lock (_lock)
        {
            if (_counts.TryGetValue(KeyOf(email, from), out var count)) { count.Servers.RemoveAll(s => s == NameOf(server)); }
        }
    }

    /// <summary>Not by the wall clock: one that is set back must not keep anybody out for longer.</summary>
    private TimeSpan Left(Count count) => options.Value.FailedSignInWindow - clock.GetElapsedTime(count.Began);

    private static (string Email, string Network) KeyOf(string email, IPAddress? from) => (email.ToUpperInvariant(), NetworkOf(from));

    private static string NetworkOf(IPAddress? from)
    {
        if (from is null) { return ""; }

        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, address.AddressFamily == AddressFamily.InterNetwork ? NetworkBytes4 : NetworkBytes6));
    }

    private static string NameOf(ServerAddress server) => $"{server.Host}:{server.Port}".ToUpperInvariant();

    private void Drop(((string Email, string Network) Key, Count Count) oldest)
    {
        if (_counts.TryGetValue(oldest.Key, out var current) && current == oldest.Count) { _counts.Remove(oldest.Key); }
    }

    /// <summary>The tries of one window, by the server that refused them.</summary>
    private sealed class Count(long began)
    {
        public long Began { get; } = began;

        public List<string> Servers { get; } = [];
    }
}
