using System.Globalization;
using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Blobs;

/// <summary>The words of an upload that can be taken up again (draft-ietf-httpbis-resumable-upload).</summary>
internal static class BlobUpload
{
    public const string OffsetHeader = "Upload-Offset";
    public const string CompleteHeader = "Upload-Complete";

    /// <summary>Whether the body is the rest of the file; null when the header is neither yes nor no.</summary>
    public static bool? Completes(string? header) => header switch
    {
        null or "?1" => true,
        "?0" => false,
        _ => null,
    };

    /// <summary>Lets a body in that the limit of other routes would keep out; the store counts.</summary>
    public static void LiftLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = null; }
    }

    public static void Tell(HttpResponse response, BlobRecord blob)
    {
        response.Headers[OffsetHeader] = blob.Size.ToString(CultureInfo.InvariantCulture);
        response.Headers[CompleteHeader] = blob.IsComplete ? "?1" : "?0";
    }
}
