using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Gateway.Storage;

/// <summary>Seals each key of the Data Protection ring under the <see cref="MasterKey"/> before it reaches the database.</summary>
internal sealed class KeyRingSeal(MasterKey key) : IXmlEncryptor, IXmlDecryptor
{
    private const string Element = "sealedByMasterKey";

    /// <summary>Made by the framework, which hands over the services.</summary>
    public KeyRingSeal(IServiceProvider services) : this(services.GetRequiredService<MasterKey>()) { }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var box = key.Seal(System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new(new XElement(Element, Convert.ToBase64String(box)), typeof(KeyRingSeal));
    }

    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(System.Text.Encoding.UTF8.GetString(key.Open(Convert.FromBase64String(encryptedElement.Value))));

    /// <summary>Tells whether the master key opens this stored ring entry.</summary>
    public bool Opens(string storedXml)
    {
        try
        {
            foreach (var sealedElement in XElement.Parse(storedXml).Descendants(Element)) { Decrypt(sealedElement); }

            return true;
        }
        catch (System.Security.Cryptography.CryptographicException) { return false; }
    }
}
