using System.Buffers.Binary;
using System.Text;

namespace Gateway.TestKit;

/// <summary>Makes a winmail.dat with files inside (MS-OXTNEF section 2.1.3).</summary>
public static class WinmailDat
{
    private const byte OfAttachment = 2;
    private const uint RenderingData = 0x00069002;
    private const uint Title = 0x00018010;
    private const uint Content = 0x0006800f;

    public static byte[] With(params (string Name, byte[] Bytes)[] files)
    {
        var tnef = new List<byte>();
        tnef.AddRange([0x78, 0x9f, 0x3e, 0x22, 1, 0]);
        Add(tnef, 1, 0x00089006, [0, 0, 1, 0]);
        foreach (var (name, bytes) in files)
        {
            Add(tnef, OfAttachment, RenderingData, [1, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
            Add(tnef, OfAttachment, Title, Encoding.ASCII.GetBytes(name + "\0"));
            Add(tnef, OfAttachment, Content, bytes);
        }

        return [.. tnef];
    }

    private static void Add(List<byte> tnef, byte level, uint tag, byte[] value)
    {
        Span<byte> head = stackalloc byte[9];
        head[0] = level;
        BinaryPrimitives.WriteUInt32LittleEndian(head[1..], tag);
        BinaryPrimitives.WriteUInt32LittleEndian(head[5..], (uint)value.Length);
        tnef.AddRange(head);
        tnef.AddRange(value);
        var sum = (ushort)value.Sum(b => b);
        tnef.AddRange([(byte)sum, (byte)(sum >> 8)]);
    }
}
