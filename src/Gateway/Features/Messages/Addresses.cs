using Gateway.Rendering;
using MimeKit;

namespace Gateway.Features.Messages;

/// <summary>Addresses as the wire shows them, groups laid open.</summary>
internal static class Addresses
{
    public static IReadOnlyList<Address> Of(InternetAddressList? list) =>
        list is null ? [] : [.. list.Mailboxes.Select(m => new Address(string.IsNullOrWhiteSpace(m.Name) ? null : m.Name, m.Address))];
}
