namespace Gateway.Rendering;

/// <summary>Every code a <see cref="Defect"/> can carry. They are part of the API: add, never rename.</summary>
internal static class DefectCodes
{
    public const string HtmlTruncated = "html-truncated";
    public const string HtmlTooComplex = "html-too-complex";
    public const string StyleDropped = "style-dropped";
    public const string TextTruncated = "text-truncated";
    public const string UnknownCharset = "unknown-charset";
    public const string CharsetRefused = "charset-refused";
    public const string InvalidCharacters = "invalid-characters";
    public const string BadTransferEncoding = "bad-transfer-encoding";
    public const string TooManyParts = "too-many-parts";
    public const string PartsTooDeep = "parts-too-deep";
    public const string HeaderTooLong = "header-too-long";
    public const string HeaderDuplicate = "header-duplicate";
    public const string AddressUnreadable = "address-unreadable";
    public const string DateUnreadable = "date-unreadable";
    public const string FromMissing = "from-missing";
}
