namespace Gateway.Tests.Discovery;

/// <summary>Documents in the autoconfig format.</summary>
internal static class Documents
{
    public static string Of(
        string host, string username = "%EMAILADDRESS%", string socketType = "SSL", int imapPort = 993, string prolog = "") => $"""
        <?xml version="1.0"?>{prolog}
        <clientConfig version="1.1">
          <emailProvider id="example.test">
            <incomingServer type="pop3">
              <hostname>pop.{host}</hostname><port>995</port><socketType>SSL</socketType><username>{username}</username>
            </incomingServer>
            <incomingServer type="imap">
              <hostname>imap.{host}</hostname><port>{imapPort}</port><socketType>{socketType}</socketType><username>{username}</username>
            </incomingServer>
            <outgoingServer type="smtp">
              <hostname>smtp.{host}</hostname><port>587</port><socketType>STARTTLS</socketType><username>{username}</username>
            </outgoingServer>
          </emailProvider>
        </clientConfig>
        """;
}
