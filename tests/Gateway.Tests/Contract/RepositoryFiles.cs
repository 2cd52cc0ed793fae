namespace Gateway.Tests.Contract;

/// <summary>Finds files of the repository from wherever the tests were built to.</summary>
internal static class RepositoryFiles
{
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Gateway.sln"))) { return System.IO.Path.Combine(folder.FullName, relative); }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
