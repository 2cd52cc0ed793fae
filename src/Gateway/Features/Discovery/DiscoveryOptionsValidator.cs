using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

[OptionsValidator]
internal sealed partial class DiscoveryOptionsValidator : IValidateOptions<DiscoveryOptions>;
