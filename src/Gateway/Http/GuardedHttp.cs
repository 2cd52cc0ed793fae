using System.Net.Sockets;
using Gateway.Mail.Connecting;

namespace Gateway.Http;

/// <summary>HTTP to hosts that strangers name.</summary>
internal static class GuardedHttp
{
    /// <summary>A client that connects only where the egress policy lets us, straight and without memory of earlier answers. It follows no redirect.</summary>
    public static IHttpClientBuilder AddGuardedHttpClient(this IServiceCollection services, string name) =>
        services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(Handler).RemoveAllLoggers(); // addresses are personal data

    private static SocketsHttpHandler Handler(IServiceProvider services)
    {
        var (connector, trust) = (services.GetRequiredService<GuardedConnector>(), services.GetRequiredService<TlsTrust>());
        return new()
        {
            UseProxy = false, UseCookies = false, AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = trust.Accepts },
            ConnectCallback = async (to, ct) =>
                new NetworkStream(await connector.ConnectAsync(to.DnsEndPoint.Host, to.DnsEndPoint.Port, ct), ownsSocket: true),
        };
    }
}
