using System.Text;
using Gateway.Mail;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.Storage;

/// <summary>Seals what must not lie open at rest. Account and purpose are bound in: a sealed value moved to another row does not open.</summary>
internal sealed class Vault(IDataProtectionProvider protection)
{
    public byte[] SealText(AccountId account, string purpose, string plain) => Seal(account, purpose, Encoding.UTF8.GetBytes(plain));

    public string OpenText(AccountId account, string purpose, byte[] box) => Encoding.UTF8.GetString(Open(account, purpose, box));

    public byte[] Seal(AccountId account, string purpose, byte[] plain) => Protector(account, purpose).Protect(plain);

    public byte[] Open(AccountId account, string purpose, byte[] box) => Protector(account, purpose).Unprotect(box);

    private IDataProtector Protector(AccountId account, string purpose) =>
        protection.CreateProtector("Gateway.Vault", purpose, account.ToString());
}
