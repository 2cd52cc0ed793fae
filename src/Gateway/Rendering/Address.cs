using System.Text.Json.Serialization;
using Gateway.Rendering.Text;
using MimeKit;

namespace Gateway.Rendering;

/// <summary>Whom a message is from or to. Always text: neither half may be trusted to be what it looks like.</summary>
/// <param name="Email">The address itself, local part and domain.</param>
/// <param name="Name">As the sender spells it; absent when there is none.</param>
public sealed record Address(
    [property: JsonPropertyName("address")] string Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null)
{
    /// <summary>The addresses of a list; a group gives its members.</summary>
    internal static IReadOnlyList<Address> From(InternetAddressList? list) =>
        list is null or { Count: 0 } ? [] : [.. list.Mailboxes.Select(From)];

    private static Address From(MailboxAddress mailbox)
    {
        var name = Characters.Line(mailbox.Name ?? "");
        return new Address(Characters.Line(mailbox.Address ?? ""), name.Length == 0 ? null : name);
    }
}
