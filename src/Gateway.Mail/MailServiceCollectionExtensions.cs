using System.Text;
using Gateway.Mail.Connecting;
using Gateway.Mail.Imap;
using Gateway.Mail.Smtp;
using Gateway.Mail.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Mail;

public static class MailServiceCollectionExtensions
{
    /// <summary>Adds the engine. The host adds <see cref="IAccountDirectory"/> and <see cref="IMailboxEventSink"/>.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        // Old mail comes in windows-125x, gb18030 and the like.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EgressOptions>().BindConfiguration(EgressOptions.Section)
            .Validate(EgressPolicy.AreReadable, "Gateway:Egress:Allow holds what is neither an address nor a CIDR range.").ValidateOnStart();
        services.AddOptions<TlsOptions>().BindConfiguration(TlsOptions.Section)
            .Validate(tls => tls.ExtraRoots is null or "" || File.Exists(tls.ExtraRoots), "Gateway:Tls:ExtraRoots names no file.").ValidateOnStart();
        services.AddOptions<ImapPoolOptions>().BindConfiguration(ImapPoolOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmtpPoolOptions>().BindConfiguration(SmtpPoolOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WatchOptions>().BindConfiguration(WatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EgressPolicy>().AddSingleton<GuardedConnector>().AddSingleton<TlsTrust>();
        services.AddSingleton<ImapConnector>().AddSingleton<SmtpConnector>();
        services.AddSingleton(all => new ImapPool(
            all.GetRequiredService<ImapConnector>(), all.GetRequiredService<IAccountDirectory>(), all.GetRequiredService<IOptions<ImapPoolOptions>>(),
            all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<ImapPool>>()));
        services.AddSingleton(all => new SmtpPool(
            all.GetRequiredService<SmtpConnector>(), all.GetRequiredService<IAccountDirectory>(), all.GetRequiredService<IOptions<SmtpPoolOptions>>(),
            all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<SmtpPool>>()));
        services.AddSingleton<Watchers>();
        return services;
    }
}
