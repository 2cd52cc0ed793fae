using System.Text;
using MimeKit;

namespace Gateway.TestKit.Hostile;

/// <summary>One message of the corpus. It describes itself in headers that begin with <c>X-Corpus-</c>.</summary>
/// <remarks>
/// All of them are our own writing: classes of attacks are public knowledge, and each was written anew for mail.
/// A script in them sets <c>window.top.__ran</c> and logs <c>SCRIPT-RAN</c>; a load goes to <c>{{LISTENER}}</c>.
/// </remarks>
public sealed class HostileMail
{
    private const string Placeholder = "{{LISTENER}}";
    private readonly byte[] _bytes;

    internal HostileMail(string name, byte[] bytes)
    {
        _bytes = bytes;
        Name = name;
        var header = Encoding.UTF8.GetString(bytes).Split("\r\n\r\n", 2)[0].Split("\r\n");
        Class = Values(header, "X-Corpus-Class").Single();
        Keeps = [.. Values(header, "X-Corpus-Keeps")];
    }

    public string Name { get; }

    /// <summary>What it tries, in one word: script, remote, css, overlay and so on.</summary>
    public string Class { get; }

    /// <summary>Nothing hostile in it; it must come through with what <see cref="Keeps"/> names.</summary>
    public bool IsFriendly => Class == "friendly";

    /// <summary>Lines of <c>text …</c>, <c>selector …</c>, <c>style …</c> (of the HTML) and <c>plain …</c> (of the text part).</summary>
    public IReadOnlyList<string> Keeps { get; }

    /// <param name="listener">Origin that remote loads go to, such as <c>http://127.0.0.1:1234</c>.</param>
    public byte[] Bytes(string listener) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(_bytes).Replace(Placeholder, listener, StringComparison.Ordinal));

    public MimeMessage Parse(string listener) => MimeMessage.Load(new MemoryStream(Bytes(listener)));

    /// <summary>The bytes and the declared charset of the HTML part, or else of the text part; null when there is neither.</summary>
    public (byte[] Bytes, string? Charset, bool IsHtml)? Body(string listener)
    {
        var texts = Parse(listener).BodyParts.OfType<TextPart>().Where(part => part is { IsAttachment: false, Content: not null }).ToList();
        if ((texts.Find(part => part.IsHtml) ?? texts.FirstOrDefault()) is not { } part) { return null; }

        using var decoded = new MemoryStream();
        part.Content!.DecodeTo(decoded);
        return (decoded.ToArray(), part.ContentType.Charset, part.IsHtml);
    }

    public override string ToString() => Name;

    private static IEnumerable<string> Values(string[] header, string name) =>
        header.Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal)).Select(line => line[(name.Length + 2)..]);
}
