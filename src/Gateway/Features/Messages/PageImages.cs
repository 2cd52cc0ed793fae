using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Puts the images of a message into its page, which itself may load nothing.</summary>
internal sealed partial class PageImages(ImapPool pool, RemoteImages remote)
{
    /// <summary>Of all images of a page; what is over that stays out.</summary>
    private const int MaxBytes = 20 * 1024 * 1024;

    private const int MaxImages = 100;
    private const int AtOnce = 4;

    public async Task<string?> EmbedAsync(AccountId account, MessageLocation at, string? html, bool withRemote, CancellationToken ct)
    {
        if (html is null) { return null; }

        var images = new ConcurrentDictionary<string, string>();
        var left = MaxBytes;
        var inline = Inline().Matches(html).Select(m => m.Groups[1].Value).Distinct().Take(MaxImages).ToList();
        if (inline.Count > 0) { await LoadInlineAsync(); }

        if (withRemote)
        {
            var few = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
            await Parallel.ForEachAsync(RemoteImages.SourcesOf(html).Take(MaxImages), few, async (source, loading) =>
            {
                if (await remote.LoadAsync(source, loading) is (var type, var bytes)) { Keep(source, type, bytes); }
            });
        }

        html = Inline().Replace(html, found => images.TryGetValue(found.Groups[1].Value, out var data) ? $"src=\"{data}\"" : "");
        return !withRemote ? html : Remote().Replace(html, found => images.TryGetValue(WebUtility.HtmlDecode(found.Groups[1].Value), out var data) ? $"src=\"{data}\"" : found.Value);

        Task LoadInlineAsync() => pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            var structure = await PartContent.StructureAsync(lease, lease.Uid(at));
            foreach (var partId in inline)
            {
                if (BodyParts.Find(structure, partId) is BodyPartBasic part && RasterImages.IsType(PartFacts.Type(part)) && PartFacts.Size(part) <= Volatile.Read(ref left))
                {
                    var content = await PartContent.ReadAsync(lease, lease.Uid(at), part, lease.CommandToken);
                    Keep(partId, content.ContentType, content.Bytes);
                }
            }

            return images.Count;
        }, ct);

        void Keep(string name, string type, byte[] bytes)
        {
            if (Interlocked.Add(ref left, -bytes.Length) >= 0) { images[name] = $"data:{type};base64,{Convert.ToBase64String(bytes)}"; }
        }
    }

    [GeneratedRegex("src=\"/v1/accounts/[^\"/]+/messages/[^\"/]+/attachments/([0-9.]+)\"")]
    private static partial Regex Inline();

    [GeneratedRegex("data-remote-src=\"([^\"]*)\"")]
    private static partial Regex Remote();
}
