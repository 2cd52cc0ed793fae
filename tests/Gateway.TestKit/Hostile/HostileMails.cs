namespace Gateway.TestKit.Hostile;

/// <summary>The corpus: every class of attack by mail that we know of, and a few friendly messages as a control.</summary>
public static class HostileMails
{
    private const string Folder = "Hostile/";

    public static IReadOnlyList<HostileMail> All { get; } = Load();

    private static HostileMail[] Load()
    {
        var assembly = typeof(HostileMails).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                using var bytes = new MemoryStream();
                file.CopyTo(bytes);
                return new HostileMail(name[Folder.Length..], bytes.ToArray());
            })];
    }
}
