using System.Text;
using Gateway.Features.Session;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Http;

public sealed class SecretsAtRestTests : IAsyncLifetime
{
    private const string Password = "correct-horse-battery-staple";

    private readonly GatewayFactory _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task No_secret_lies_open_in_the_store()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test", Password, Ct);
        var key = await _gateway.CreateKeyAsync(Scopes.All, null, Ct);
        var session = await _gateway.Services.GetRequiredService<Sessions>().OpenAsync(AccountId.Parse(account, null), userAgent: null, Ct);

        var stored = Directory.EnumerateFiles(_gateway.Data, "gateway.db*").Select(ReadShared).ToList();

        Assert.Contains(stored, bytes => bytes.AsSpan().IndexOf("ann@example.test"u8) >= 0);
        foreach (var secret in new[] { Password, key, key[3..], session, GatewayFactory.AdminKey })
        {
            Assert.All(Written(secret), form => Assert.All(stored, bytes => Assert.True(bytes.AsSpan().IndexOf(form) < 0)));
        }
    }

    [Fact]
    public async Task Master_key_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) { return; } // it has no file modes

        await _gateway.AddAccountAsync("ann@example.test", Password, Ct);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_gateway.Data, "master.key")));
    }

    private static IEnumerable<byte[]> Written(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return [bytes, Encoding.Unicode.GetBytes(secret), Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes)), Encoding.UTF8.GetBytes(Convert.ToHexString(bytes))];
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
