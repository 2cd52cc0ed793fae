using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Discovery;

/// <summary>A name server on loopback that knows what a test told it, and answers everything else with an empty list.</summary>
internal sealed class ScriptedDnsServer : IAsyncDisposable
{
    private const int HeaderBytes = 12;
    private const ushort MxType = 15;
    private const ushort SrvType = 33;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<(string Name, ushort Type), List<byte[]>> _records = new();
    private readonly Task _serving;

    public ScriptedDnsServer() => _serving = ServeAsync();

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>Every name asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public void AddSrv(string name, ushort priority, ushort weight, ushort port, string target) =>
        Add(name, SrvType, [.. Number(priority), .. Number(weight), .. Number(port), .. Name(target)]);

    public void AddMx(string name, ushort preference, string exchange) => Add(name, MxType, [.. Number(preference), .. Name(exchange)]);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _serving;
    }

    private void Add(string name, ushort type, byte[] data) => _records.GetOrAdd((name, type), _ => []).Add(data);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var query = await _socket.ReceiveAsync();
                await _socket.SendAsync(Answer(query.Buffer), query.RemoteEndPoint);
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException) { } // disposed: done
    }

    private byte[] Answer(byte[] query)
    {
        var (name, at) = ReadName(query);
        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at));
        var question = query[HeaderBytes..(at + 4)];
        Asked.Enqueue(name);
        var records = _records.GetValueOrDefault((name, type)) ?? [];
        // RFC 1035 section 4.1.1: an answer, recursion available, one question.
        byte[] header = [query[0], query[1], 0x81, 0x80, 0, 1, .. Number((ushort)records.Count), 0, 0, 0, 0];
        // Each record: a pointer to the question's name, type, class IN, 60 s, data.
        return [.. header, .. question, .. records.SelectMany<byte[], byte>(data =>
            [0xC0, HeaderBytes, .. Number(type), 0, 1, 0, 0, 0, 60, .. Number((ushort)data.Length), .. data])];
    }

    private static (string Name, int End) ReadName(byte[] query)
    {
        var labels = new List<string>();
        var at = HeaderBytes;
        while (query[at] is > 0 and var length)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, length));
            at += length + 1;
        }

        return (string.Join('.', labels).ToLowerInvariant(), at + 1);
    }

    private static byte[] Name(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany<string, byte>(l => [(byte)l.Length, .. Encoding.ASCII.GetBytes(l)]), 0];

    private static byte[] Number(ushort number) => [(byte)(number >> 8), (byte)number];
}
