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

    All = 63,

    /// <summary>Having the account forgotten, as its owner. No key has it.</summary>
    OwnAccount = 64,

    /// <summary>What a signed-in webmail user may do with the accounts of the session.</summary>
    Webmail = MailRead | MailWrite | MailSend | OwnAccount,
}
