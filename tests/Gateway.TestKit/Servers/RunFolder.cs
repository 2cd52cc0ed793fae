namespace Gateway.TestKit.Servers;

/// <summary>A fresh folder for what a test run starts.</summary>
/// <remarks>
/// Under <c>GATEWAY_TEST_ROOT</c> when that is set: <c>./test</c> sets it, and ends what is still running there after a crash.
/// In memory where there is room, so that no test waits for a disk.
/// </remarks>
public static class RunFolder
{
    private const long Room = 4L << 30;

    public static string Create(string prefix)
    {
        var parent = Environment.GetEnvironmentVariable("GATEWAY_TEST_ROOT") ?? Default();
        Directory.CreateDirectory(parent);
        // Short: a Unix socket's path has room for 107 bytes.
        var path = Path.Combine(parent, $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(path);
        return path;
    }

    private static string Default() =>
        Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > Room ? "/dev/shm/gateway-tests" : "/tmp/gateway-tests";
}
