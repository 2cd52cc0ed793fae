using System.Text.Json.Serialization;
using Gateway.Rendering;
using Gateway.Storage;

namespace Gateway.Features.Identities;

/// <summary>A name and address the account writes under. The account's own address always serves, listed here or not.</summary>
/// <param name="Id">Identity id.</param>
/// <param name="Email">The address in From. Whether it may be used is for the account's SMTP server to say.</param>
/// <param name="Name">The name beside it.</param>
/// <param name="ReplyTo">Where answers should go, when not there.</param>
/// <param name="SignatureText">Signature of plain text.</param>
/// <param name="SignatureHtml">Signature of HTML, made safe to show.</param>
/// <param name="IsDefault">Whether mails that name no sender are from this one.</param>
public sealed record Identity(
    string Id, [property: JsonPropertyName("address")] string Email, string? Name, string? ReplyTo, string? SignatureText, string? SignatureHtml, bool IsDefault)
{
    internal static Identity From(IdentityRecord record) => new(
        record.Id.ToString("N"), record.Email, record.Name, record.ReplyTo, record.SignatureText, record.SignatureHtml, record.IsDefault);
}

/// <summary>An identity to add, or what one becomes.</summary>
/// <param name="Email">The address in From.</param>
/// <param name="Name">The name beside it; at most 200 characters.</param>
/// <param name="ReplyTo">Where answers should go, when not there.</param>
/// <param name="SignatureText">Signature of plain text; at most 10,000 characters.</param>
/// <param name="SignatureHtml">Signature of HTML; at most 50,000 characters.</param>
/// <param name="IsDefault">Make it the default; another that was is so no more.</param>
public sealed record IdentityRequest(
    [property: JsonPropertyName("address")] string Email, string? Name = null, string? ReplyTo = null, string? SignatureText = null, string? SignatureHtml = null, bool? IsDefault = null)
{
    internal void Apply(IdentityRecord record)
    {
        (record.Email, record.Name, record.ReplyTo) = (Email, Name, ReplyTo);
        (record.SignatureText, record.IsDefault) = (SignatureText, IsDefault ?? false);
        record.SignatureHtml = SignatureHtml is null ? null : HtmlRendering.Render(SignatureHtml, _ => null).Html;
    }
}
