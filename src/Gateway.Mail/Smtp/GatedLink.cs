using System.Net.Sockets;

namespace Gateway.Mail.Smtp;

/// <summary>A link whose next bytes wait until they may leave.</summary>
internal sealed class GatedLink(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>Nothing is written before this has completed, nor when it fails.</summary>
    public Task Leave { get; set; } = Task.CompletedTask;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Leave.WaitAsync(cancellationToken);
        await base.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
