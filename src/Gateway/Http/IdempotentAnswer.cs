namespace Gateway.Http;

/// <summary>An answer as it is given again.</summary>
/// <param name="Headers">Those that the operation itself has set.</param>
/// <param name="Body">Null when it was too long to be kept.</param>
internal sealed record IdempotentAnswer(int Status, Dictionary<string, string?> Headers, byte[]? Body)
{
    private const int MaxBody = 1024 * 1024;

    /// <param name="before">Headers that every answer has.</param>
    public static IdempotentAnswer Of(HttpResponse response, IReadOnlySet<string> before, MemoryStream body) => new(
        response.StatusCode,
        response.Headers.Where(h => !before.Contains(h.Key) && h.Key != Microsoft.Net.Http.Headers.HeaderNames.ContentLength).ToDictionary(h => h.Key, h => (string?)h.Value),
        body.Length <= MaxBody ? body.ToArray() : null);

    public async Task WriteAsync(HttpContext context, CancellationToken ct)
    {
        var response = context.Response;
        if (Body is null)
        {
            response.Headers.Location = Headers.GetValueOrDefault("Location");
            await Problems.AnswerNotKept.ExecuteAsync(context);
            return;
        }

        response.StatusCode = Status;
        foreach (var (name, value) in Headers) { response.Headers[name] = value; }

        if (Body.Length == 0) { return; }

        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, ct);
    }
}
