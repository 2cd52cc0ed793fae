using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Gateway.Http;

/// <summary>Keeps one caller from starving the others, and a password guesser slow.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetTokenBucketLimiter(CallerOf(context), _ => Bucket(OptionsOf(context))));
            limiter.AddPolicy(SignIn, context =>
                RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => new()
                {
                    PermitLimit = OptionsOf(context).SignInsPerMinute, Window = TimeSpan.FromMinutes(1),
                }));
            limiter.OnRejected = async (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Seconds(wait);
                await Problems.RateLimited.ExecuteAsync(rejected.HttpContext);
            };
        });
    }

    /// <summary>A wait as Retry-After has it (RFC 9110 section 10.2.3), which never ends too early.</summary>
    public static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static TokenBucketRateLimiterOptions Bucket(RateLimitOptions options) => new()
    {
        TokenLimit = options.Burst, TokensPerPeriod = options.RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };

    private static RateLimitOptions OptionsOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value;

    private static string CallerOf(HttpContext context) =>
        context.User is CallerPrincipal { Caller: var caller } ? caller.Id.ToString("N") : AddressOf(context);

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "in process";
}
