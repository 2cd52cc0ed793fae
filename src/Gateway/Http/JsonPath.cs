using System.Text;

namespace Gateway.Http;

/// <summary>Turns System.Text.Json's path (<c>$.to[0].address</c>) into a JSON pointer (<c>/to/0/address</c>, RFC 6901).</summary>
internal static class JsonPath
{
    public static string ToPointer(string? path)
    {
        var pointer = new StringBuilder();
        foreach (var c in path.AsSpan(path is ['$', ..] ? 1 : 0))
        {
            switch (c)
            {
                case '.' or '[': pointer.Append('/'); break;
                case ']' or '\'': break;
                case '~': pointer.Append("~0"); break;
                case '/': pointer.Append("~1"); break;
                default: pointer.Append(c); break;
            }
        }

        return pointer.ToString();
    }
}
