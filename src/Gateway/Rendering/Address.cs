using System.Text.Json.Serialization;
using Gateway.Rendering.Text;
using MimeKit;

namespace Gateway.Rendering;

/// <summary>Whom a message is from or to. Always text: neither half may be trusted to be what it looks like.</summary>
/// <param name="Name">As the sender spells it; absent when there is none.</param>
/// <param name="Email">The address itself, local part and domain.</param>
public sealed record Address(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    [property: JsonPropertyName("address")] string Email)
{
    /// <summary>The addresses of a list; a group gives its members.</summary>
    internal static IReadOnlyList<Address> From(InternetAddressList? list) =>
        list is null ? [] : [.. list.Mailboxes.Select(From)];

    private static Address From(MailboxAddress mailbox)
    {
        var name = Characters.Line(mailbox.Name ?? "");
        return new Address(name.Length == 0 ? null : name, Characters.Line(mailbox.Address ?? ""));
    }
}
