using System.Xml;
using DnsClient;

namespace Gateway.Features.Discovery;

/// <summary>Failures of one lookup that leave the others their chance: the name, the network, the document, or the deadline.</summary>
internal static class LookupFailure
{
    public static bool IsOne(Exception error) =>
        error is HttpRequestException or IOException or DnsResponseException or XmlException or OperationCanceledException;
}
