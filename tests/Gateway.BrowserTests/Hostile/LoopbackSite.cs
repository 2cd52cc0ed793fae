using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.BrowserTests.Hostile;

/// <summary>A server on a free port that remembers each request that really arrived, which is the only proof of a load.</summary>
internal sealed class LoopbackSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = [];

    private LoopbackSite(WebApplication app) => _app = app;

    public string Origin => _app.Urls.Single();

    /// <summary>Path and query of everything asked for so far.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<LoopbackSite> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = new LoopbackSite(builder.Build());
        site._app.Use((context, next) =>
        {
            site._requests.Enqueue(context.Request.Path + context.Request.QueryString);
            return next(context);
        });
        map(site._app);
        await site._app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
