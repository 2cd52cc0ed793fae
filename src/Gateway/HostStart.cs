using Microsoft.Extensions.Options;

namespace Gateway;

/// <summary>What stands before the first service: where files are found, and how settings are named.</summary>
internal static class HostStart
{
    /// <summary>JSON without attachments; a route that takes more says so.</summary>
    private const long MaxBody = 1024 * 1024;

    /// <summary>Settings are read and checked once, at start. To watch their files takes something a machine has few of, and no start may fail for that.</summary>
    private const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

    private const string DefaultUrls = "http://127.0.0.1:8080";

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Beside the binary, so that it can be started from any folder.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [NoReload, .. args], ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) { builder.WebHost.UseUrls(DefaultUrls); }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        // A command's output is its answer: what the host has to say goes to standard error.
        if (args is [not ['-', ..], ..]) { builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace); }

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }

    /// <summary>Prints every fault of the settings at once. The host would stop at whichever part asks for its settings first.</summary>
    public static bool CheckSettings(WebApplication app)
    {
        try { app.Services.GetRequiredService<IStartupValidator>().Validate(); }
        catch (AggregateException several) when (several.InnerExceptions.All(e => e is OptionsValidationException)) { return Refuse(several.InnerExceptions); }
        catch (OptionsValidationException one) { return Refuse([one]); }

        return true;
    }

    private static bool Refuse(IEnumerable<Exception> faults)
    {
        foreach (var fault in faults.OfType<OptionsValidationException>().SelectMany(f => f.Failures)) { Console.Error.WriteLine(fault); }

        return false;
    }
}
