using System.Security.Cryptography;

namespace Gateway.Features.Push;

/// <summary>Points on the curve P-256 as Web Push writes them: uncompressed.</summary>
internal static class P256
{
    private const int CoordinateBytes = 32;
    private const byte Uncompressed = 4;

    public static byte[] PointOf(ECParameters key) => [Uncompressed, .. key.Q.X!, .. key.Q.Y!];

    /// <exception cref="CryptographicException">It is no point on the curve.</exception>
    public static ECDiffieHellman Import(byte[] point)
    {
        if (point is not [Uncompressed, ..] || point.Length != 1 + (2 * CoordinateBytes)) { throw new CryptographicException("No uncompressed point."); }

        return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
    }

    public static bool IsPoint(byte[] point)
    {
        try
        {
            Import(point).Dispose();
            return true;
        }
        catch (CryptographicException) { return false; }
    }
}
