using Gateway.TestKit.Servers;

namespace Gateway.IntegrationTests.Faults;

/// <summary>Deadlines and waits so short that a test can sit through them.</summary>
internal static class Impatience
{
    private const int WebhookTries = 30;

    public static GatewaySettings Settings(MailServers mail)
    {
        var variables = new Dictionary<string, string>
        {
            ["GATEWAY__Tls__PlaintextHosts__0"] = "127.0.0.1",
            ["GATEWAY__Imap__OpenTimeout"] = "00:00:05",
            ["GATEWAY__Imap__CommandTimeout"] = "00:00:05",
            ["GATEWAY__Smtp__OpenTimeout"] = "00:00:05",
            ["GATEWAY__Smtp__SendTimeout"] = "00:00:05",
            ["GATEWAY__Watch__RenewAfter"] = "00:00:10",
            ["GATEWAY__Watch__EndDeadline"] = "00:00:01",
            ["GATEWAY__Watch__MinBackoff"] = "00:00:00.2",
            ["GATEWAY__Watch__MaxBackoff"] = "00:00:01",
            ["GATEWAY__Outbox__RetryAfter__0"] = "00:00:01",
            ["GATEWAY__Webhooks__Timeout"] = "00:00:02",
        };
        for (var i = 0; i < WebhookTries; i++) { variables[$"GATEWAY__Webhooks__RetryAfter__{i}"] = "00:00:01"; }

        return new() { Servers = mail, Variables = variables };
    }
}
