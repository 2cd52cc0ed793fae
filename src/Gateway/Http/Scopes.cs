namespace Gateway.Http;

/// <summary>What a caller may do. On the wire: <c>mail:read mail:write mail:send accounts:manage webhooks:manage admin</c>.</summary>
[Flags]
internal enum Scopes
{
    None = 0,
    MailRead = 1,
    MailWrite = 2,
    MailSend = 4,
    AccountsManage = 8,
    WebhooksManage = 16,
    Admin = 32,

    /// <summary>What a signed-in webmail user may do with the one account of the session.</summary>
    Webmail = MailRead | MailWrite | MailSend,
    All = 63,
}
